"""The timetables in service, changed: by whom, in which process, with what the config knows, and in which log."""
