"""Every rule. Importing a module registers its rules; the order here is the order of the report."""

from gtfs.rules import structure, services, stops, routes, fares, rides, territory  # isort: skip
from gtfs.rules.registry import Rule, registered

MODULES = (structure, services, stops, routes, fares, rides, territory)
RULES: tuple[Rule, ...] = registered()
