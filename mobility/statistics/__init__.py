"""How often trips are looked for, by commune and hour, never below six: counts.py in memory, store.py for good."""
