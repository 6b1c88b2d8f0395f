"""`hent graph`: the multimodal graph of the network in service, to look at and to take elsewhere."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from api.commands.options import config_option, data_option, json_option, note, print_json, progress, read_config
from gtfs.counted import counted
from mobility.clock import now_s

if TYPE_CHECKING:
    from api.config import Config
    from mobility.carpool.offer import Offer
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
    """Write the whole graph to a file, for graph tools or for maps, with the carpool offers that are published and the
    vehicles for hire as they are now."""
    from api.commands.options import territory
    from mobility.carpool.graph import with_offers
    from mobility.network.export import write_geojson, write_graphml
    from mobility.network.graph import graph_of
    from mobility.rentals.graph import with_rentals

    path = output or Path(f"network.{form}")
    config = read_config(config_file)
    opened = territory(data, config)
    with progress() as said:
        said("opening the graph")
        whole = graph_of(opened.network, opened.streets)
        whole = with_rentals(with_offers(whole, published_offers(config, data)), opened.rentals)
        said(f"writing {path}")
        {"graphml": write_graphml, "geojson": write_geojson}[form](whole, path)
    note(f"{path}: {counted(whole.number_of_nodes(), 'place')}, {counted(whole.number_of_edges(), 'way')}")


def published_offers(config: Config, data: Path) -> tuple[Offer, ...]:
    """Those that travellers are shown now; none where nothing keeps them."""

    from api.web.storage import store_at_hand
    from mobility.carpool.live_store import StoredOffers

    store = store_at_hand(config, data)
    return StoredOffers(store, lambda: int(now_s())).since(0).offers if store else ()


@graph.command("check")
@json_option
@config_option
@data_option
def check_graph(as_json: bool, config_file: Path | None, data: Path) -> None:
    """What cannot be reached or left on any day, what one closed stop, quay or line would cut off, and how many people,
    and where one gets without steps. The report of each load has the worst of it."""
    from api.commands.options import territory
    from api.present.structure import structure_json, structure_lines
    from mobility.network.connections import structure_of
    from mobility.network.graph import graph_of

    opened = territory(data, read_config(config_file))
    with progress() as said:
        said("looking at the graph")
        found = structure_of(graph_of(opened.network, opened.streets))
    if as_json:
        print_json(structure_json(found))
        return
    for line in structure_lines(found):
        click.echo(line)


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
    from api.commands.plan import recognised
    from mobility.places.match import Wanted

    row = opened.network.stops.id.find(stop)
    if row is not None:
        return row
    return recognised(opened.gazetteer(), stop, ("stop", "STOP"), Wanted(kinds=frozenset({"stop", "station"}))).stop
