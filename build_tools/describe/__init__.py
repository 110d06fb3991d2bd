"""Reading the facts of an article: who, where, when, which inspection, at what stage, and on what evidence."""
