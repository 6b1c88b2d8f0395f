"""The section of config.toml about statistics."""

from __future__ import annotations

from api.config.travelling import Section


class StatisticsSection(Section):
    """trips: whether it is counted, by commune and hour, from six askers on, how often trips are looked for."""

    trips: bool = True
