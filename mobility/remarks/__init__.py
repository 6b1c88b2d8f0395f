"""What people say is wrong at a stop, on a line, at a place or in an answer (docs/operators.md)."""
