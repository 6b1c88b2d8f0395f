"""addok with addok-france, asked in a process of its own: `python -m benchmarks.addok_worker < QUESTIONS`, as JSON.

ADDOK_CONFIG_MODULE names its configuration. Source: addok's documentation, "Tutorial"; the pipeline for France is that
of addok-france's README.
"""

from __future__ import annotations

import json
import sys
import time

CONFIG = """
BATCH_WORKERS = 1
LOG_QUERIES = LOG_NOT_FOUND = False
QUERY_PROCESSORS_PYPATHS = [
    "addok.helpers.text.check_query_length",
    "addok_france.extract_address",
    "addok_france.clean_query",
    "addok_france.remove_leading_zeros",
]
SEARCH_RESULT_PROCESSORS_PYPATHS = [
    "addok.helpers.results.match_housenumber",
    "addok_france.make_labels",
    "addok.helpers.results.score_by_importance",
    "addok.helpers.results.score_by_autocomplete_distance",
    "addok.helpers.results.score_by_ngram_distance",
    "addok.helpers.results.score_by_geo_distance",
]
PROCESSORS_PYPATHS = [
    "addok.helpers.text.tokenize",
    "addok.helpers.text.normalize",
    "addok_france.glue_ordinal",
    "addok_france.fold_ordinal",
    "addok_france.flag_housenumber",
    "addok.helpers.text.synonymize",
    "addok_fr.phonemicize",
]
"""


def answered(questions: list[str]) -> dict[str, object]:
    """First answers as number, street and commune, and the seconds that each took."""
    from addok.config import config
    from addok.core import search

    config.load()
    answers, taken_s = list[object](), list[float]()
    for text in questions:
        started = time.perf_counter()
        found = search(text, limit=10, autocomplete=True)
        taken_s.append(time.perf_counter() - started)
        answers.append([found[0].housenumber or "", str(found[0].name), str(found[0].city)] if found else None)
    return {"answers": answers, "taken_s": taken_s}


if __name__ == "__main__":
    print(json.dumps(answered(json.load(sys.stdin))))
