"""`hent graph`: the multimodal graph of the network in service, to look at and to take elsewhere."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from api.commands.options import config_option, data_option, json_option, note, print_json, progress, read_config

if TYPE_CHECKING:
    from mobility.routing.territory import Territory


@click.group()
def graph() -> None:
    """The multimodal graph: places, and the ways between them."""


@graph.command("export")
@click.option("--format", "form", type=click.Choice(["graphml", "geojson"]), default="graphml", show_default=True)
@click.option("--output", type=click.Path(path_type=Path, dir_okay=False), help="Default: network.graphml or .geojson")
@config_option
@data_option
def export_graph(form: str, output: Path | None, config_file: Path | None, data: Path) -> None:
    """Write the whole graph to a file, for graph tools or for maps."""
    from api.commands.options import territory
    from mobility.network.export import write_geojson, write_graphml
    from mobility.network.graph import graph_of

    path = output or Path(f"network.{form}")
    opened = territory(data, read_config(config_file))
    with progress() as said:
        said("opening the graph")
        whole = graph_of(opened.network, opened.streets)
        said(f"writing {path}")
        {"graphml": write_graphml, "geojson": write_geojson}[form](whole, path)
    note(f"{path}: {whole.number_of_nodes()} places, {whole.number_of_edges()} ways")


@graph.command("show")
@click.argument("stop")
@json_option
@config_option
@data_option
def show_stop(stop: str, as_json: bool, config_file: Path | None, data: Path) -> None:
    """What can I do from STOP? The lines that leave it and the places within a walk. STOP: a name or an id."""
    from api.commands.options import territory
    from mobility.network.options import describe_stop

    opened = territory(data, read_config(config_file))
    options = describe_stop(opened.network, _row(opened, stop))
    print_json(asdict(options)) if as_json else click.echo(str(options))


def _row(opened: Territory, stop: str) -> int:
    """Raises NotFound."""
    from mobility.errors import NotFound
    from mobility.places.match import Wanted

    row = opened.network.stops.id.find(stop)
    if row is not None:
        return row
    found = opened.places.search(stop, 1, Wanted(kinds=frozenset({"stop", "station"}))) if opened.places else []
    if not found:
        raise NotFound("stop", "STOP")
    return found[0].stop
