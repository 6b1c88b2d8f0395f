"""The plan B: what one must know to travel, as sheets of paper that need no service, no network and no script."""
