"""The open data endpoints in the OpenAPI document."""

from __future__ import annotations

from functools import partial

from api.openapi.operation import Operation
from api.openapi.responses.data import DataCatalogue, FeedReport, KeptVersion
from api.portal.datasets import BASE, CARPOOLS, CSV, GEOJSON, GRAPHML, HTML, JSON, PROTOBUF, REALTIME, REMARKS, ZIP

file = partial(Operation, "get", conditional=True, ranges=True, refusals=(404, 503))
"""Whole or in part, and not again to whoever has it; 503 while it is made."""
JSONLD, TURTLE = "application/ld+json", "text/turtle"
DATA = (
    Operation(
        *("get", f"{BASE}/", "dataCatalogue", "The catalogue: a page, or RDF where Accept prefers it."),
        media=(HTML, TURTLE, JSONLD),
        refusals=(503,),
    ),
    Operation(
        *("get", f"{BASE}/catalog.json", "dataCatalogueJson", "The catalogue for programs."),
        answer=DataCatalogue,
        conditional=True,
        refusals=(503,),
    ),
    *(
        Operation(
            *("get", f"{BASE}/catalog.{ending}", name, "The catalogue for harvesters: mobilityDCAT-AP."),
            media=(media_type,),
            conditional=True,
            refusals=(503,),
        )
        for ending, name, media_type in (
            ("ttl", "dataCatalogueTurtle", TURTLE),
            ("jsonld", "dataCatalogueJsonLd", JSONLD),
        )
    ),
    file(
        f"{BASE}/files/{{name}}",
        "dataFile",
        "A file of the network in service; 503 while it is made.",
        media=(CSV, GEOJSON, GRAPHML, JSON, ZIP),
    ),
    file(
        CARPOOLS, "carpoolFeed", "Drivers' live offers as GTFS, route type 1551; no older than a minute.", media=(ZIP,)
    ),
    Operation(
        *("get", REMARKS, "remarkCounts", "How many problems people reported, by month, kind and what they are about."),
        media=(CSV,),
        refusals=(503,),
    ),
    *(
        Operation(
            *("get", f"{REALTIME}/{{feed}}{path}.pb", name, said),
            media=(PROTOBUF,),
            conditional=True,
            ranges=name == "realtimeFetched",
            refusals=(404, 503),
        )
        for path, name, said in (
            ("", "realtime", "All that is known of a feed now, as GTFS-Realtime: sources and operators in order."),
            ("/typed", "realtimeTyped", "What operators have typed, as GTFS-Realtime."),
            ("/{filename}", "realtimeFetched", "What a source of real time said last, as it was fetched."),
        )
    ),
    file(
        f"{BASE}/gtfs/{{feed}}/{{sha256}}.zip", "feedVersion", "A version of a timetable, as published.", media=(ZIP,)
    ),
    file(f"{BASE}/gtfs/{{feed}}/latest.zip", "feedLatest", "The version in service, as published.", media=(ZIP,)),
    file(
        f"{BASE}/gtfs/{{feed}}/report.json",
        "feedReport",
        "What was found in the version in service.",
        answer=FeedReport,
    ),
    file(
        f"{BASE}/gtfs/{{feed}}/{{sha256}}.report.json",
        "feedVersionReport",
        "What was found in a version.",
        answer=FeedReport,
    ),
    Operation(
        *("get", f"{BASE}/gtfs/{{feed}}/report.html", "feedReportPage", "The report as a page, with what to do."),
        media=(HTML,),
        refusals=(404, 503),
    ),
    Operation(
        *("get", f"{BASE}/gtfs/{{feed}}/versions.json", "feedVersions", "The versions that are kept, newest first."),
        answer=KeptVersion,
        many=True,
        conditional=True,
        refusals=(404, 503),
    ),
)
