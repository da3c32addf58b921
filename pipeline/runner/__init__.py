"""An archive of documents: which, how many at once, what is done, what failed."""
