"""The territory as requests are given it: the network in service, and what the config says of who travels in it."""
