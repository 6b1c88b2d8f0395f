"""Open data of the territory: a catalogue for people, for programs and for harvesters, and the files themselves."""

from api.portal.views import blueprint

__all__ = ["blueprint"]
