"""Where Hent keeps what must outlive the process: one SQLite file, or a PostgreSQL by its address.

store.py gives transactions, metadata.py holds the tables that other packages define, migrate.py brings a database to
the tables of this version, erase.py makes sure that deleted means gone. Knows nothing of what is stored.
"""
