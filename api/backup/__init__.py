"""What of a config belongs to a backup, and where it goes."""
