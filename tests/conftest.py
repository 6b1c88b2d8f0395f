"""What tests of every folder may ask for."""

from tests.storage import cluster, empty_url, store, store_url

__all__ = ["cluster", "empty_url", "store", "store_url"]
