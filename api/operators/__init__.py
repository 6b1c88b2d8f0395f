"""The operators' interface: the verbs of `hent feeds` over HTTP, for who bears a token (docs/operators.md)."""

from api.operators.views import blueprint

__all__ = ["blueprint"]
