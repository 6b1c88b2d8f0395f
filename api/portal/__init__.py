"""Open data of the territory: a catalogue for people, for programs and for harvesters, and the files themselves."""
