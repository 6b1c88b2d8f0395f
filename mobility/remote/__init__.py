"""Files of other servers: had over HTTP within bounds, from hosts that the config names, unchanged ones not at all."""
