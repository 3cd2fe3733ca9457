"""What is stored: the list of magazines, the database, the last state of each feed. No Qt."""
