"""The archive on disk: records, the corpus they make, their validation and their witnesses."""
