"""From requests to questions of the domain. Reads what clients send, refuses what cannot be meant, logs nothing."""
