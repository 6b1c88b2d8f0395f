"""GTFS-Realtime: the bytes that a producer publishes as plain frozen records. Nothing else of Hent knows protobuf."""
