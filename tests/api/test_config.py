"""config.toml: what is accepted, how a mistake is named, and that every key is documented."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from pydantic import BaseModel

from api.config import Config, find_config, parse_config, read_config
from mobility.errors import InvalidConfig

ROOT = Path(__file__).parent.parent.parent

MINIMAL = """
[territory]
name = "Rade"
timezone = "Europe/Paris"
languages = ["fr"]
centre = [47.7, -3.4]

[data_use]
controller = "Rade"
contact = "dpo@rade.example"
"""

FEED = """
[[feeds]]
id = "bus"
licence = "Licence Ouverte 2.0"
path = "bus.zip"
"""


def fault(text: str) -> str:
    with pytest.raises(InvalidConfig) as raised:
        parse_config(text, Path())
    return str(raised.value)


def test_what_is_not_said_has_a_default() -> None:
    config = parse_config(MINIMAL, Path())
    assert (config.server.port, config.search.window_s, config.feeds) == (8080, 900, ())


def test_a_config_cannot_be_changed() -> None:
    with pytest.raises(ValueError, match="frozen"):
        parse_config(MINIMAL, Path()).server.port = 1  # type: ignore[misc]


def test_the_config_of_the_repository_is_the_demo_territory() -> None:
    config = read_config(ROOT / "config.toml")
    assert (config.territory.name, config.feeds[0].demo) == ("Pays de Lorient", "lorient")


def test_every_file_that_the_config_of_the_repository_names_is_there() -> None:
    files = read_config(ROOT / "config.toml").places.files
    assert [file for file in files if not Path(file).is_file()] == []


def test_a_folder_without_a_config_gets_that_of_the_repository(tmp_path: Path) -> None:
    assert find_config(tmp_path).resolve() == ROOT / "config.toml"


def test_a_config_in_the_folder_goes_before_that_of_the_repository(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(MINIMAL)
    assert find_config(tmp_path) == tmp_path / "config.toml"


def test_an_unknown_key_is_refused_by_name() -> None:
    assert fault(MINIMAL + "[server]\nprot = 80") == "config: server.prot: is no key of this section"


def test_an_unknown_section_is_refused_by_name() -> None:
    assert fault(MINIMAL + "[sever]\nport = 80") == "config: sever: is no key of this section"


def test_a_typing_error_is_named_rather_than_the_key_it_leaves_missing() -> None:
    assert fault(MINIMAL.replace("name =", "nmae =")) == "config: territory.nmae: is no key of this section"


def test_a_missing_key_is_named() -> None:
    assert fault(MINIMAL.replace('name = "Rade"', "")) == "config: territory.name: is missing"


def test_a_wrong_type_is_named() -> None:
    assert fault(MINIMAL + '[server]\nport = "80"') == "config: server.port: input should be a valid integer"


def test_an_unknown_time_zone_is_refused() -> None:
    assert fault(MINIMAL.replace("Paris", "Lorient")) == "config: territory.timezone: is no time zone of the IANA list"


def test_a_feed_without_a_licence_is_refused() -> None:
    assert fault(MINIMAL + FEED.replace("licence", "#")) == "config: feeds.0.licence: is missing"


def test_a_feed_id_has_no_underscore_because_it_parts_feed_and_id() -> None:
    assert fault(MINIMAL + FEED.replace("bus", "my_bus")).startswith("config: feeds.0.id: ")


def test_a_feed_has_one_origin() -> None:
    both = MINIMAL + FEED + 'url = "https://example.org/bus.zip"'
    assert fault(both) == "config: feeds.0: needs exactly one of url, path and demo"


def test_two_feeds_cannot_share_an_id() -> None:
    assert fault(MINIMAL + FEED + FEED) == "config: feeds: two feeds have the id 'bus'"


def test_relative_paths_count_from_the_file(tmp_path: Path) -> None:
    (tmp_path / "config.toml").write_text(MINIMAL + FEED + '[places]\nwater = "sea.geojson"')
    config = read_config(tmp_path / "config.toml")
    assert (config.feeds[0].path, config.places.water) == (str(tmp_path / "bus.zip"), str(tmp_path / "sea.geojson"))


def test_text_that_is_no_toml_is_refused() -> None:
    assert fault("[territory").startswith("config: config.toml: is no TOML: ")


def test_a_config_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidConfig, match="does not exist"):
        read_config(tmp_path / "other.toml")


def test_every_key_is_documented_and_every_documented_key_exists() -> None:
    page = (ROOT / "docs" / "configuration.md").read_text("utf-8")
    assert set(re.findall(r"^\| `([a-z_]+\.[a-z_]+)` \|", page, re.MULTILINE)) == set(keys())


def test_every_documented_default_is_the_default() -> None:
    page = (ROOT / "docs" / "configuration.md").read_text("utf-8")
    stated = dict(re.findall(r"^\| `([a-z_]+\.[a-z_]+)` \|.*\| ([\d.]+) \|$", page, re.MULTILINE))
    defaults = parse_config(MINIMAL + '[mail]\nhost = "mail.example"\nsender = "a@example.org"', Path()).model_dump()
    actual = {key: str(defaults[key.split(".")[0]][key.split(".")[1]]) for key in stated}
    assert stated == actual


def keys() -> Iterator[str]:
    for name, field in Config.model_fields.items():
        kinds = (kind for kind in (field.annotation, *get_args(field.annotation)) if isinstance(kind, type))
        section = next(kind for kind in kinds if issubclass(kind, BaseModel))
        yield from (f"{name}.{known.alias or key}" for key, known in section.model_fields.items())


def test_a_fault_of_the_whole_names_the_file(tmp_path: Path) -> None:
    (tmp_path / "town.toml").write_text("x = [")
    with pytest.raises(InvalidConfig, match=r"town\.toml: is no TOML"):
        read_config(tmp_path / "town.toml")


def test_a_process_of_ours_reads_the_config_that_it_is_told_as_json() -> None:
    told = read_config(ROOT / "config.toml").model_dump_json()
    assert Config.model_validate_json(told).model_dump_json() == told
