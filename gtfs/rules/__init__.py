"""Every rule. Importing a module registers its rules; the order here is the order of the report."""

from gtfs.rules import structure
from gtfs.rules.registry import Rule, registered

MODULES = (structure,)
RULES: tuple[Rule, ...] = registered()
