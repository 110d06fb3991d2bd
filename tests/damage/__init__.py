"""The damage clone sites do to a text, in the forward direction, with the answer a perfect cleaner gives."""
