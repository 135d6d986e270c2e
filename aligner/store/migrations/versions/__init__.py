"""One file per version of the database; a file that was published is never changed."""
