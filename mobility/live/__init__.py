"""Real time: fetched, matched with the network, put in order, written for all workers (docs/realtime.md)."""
