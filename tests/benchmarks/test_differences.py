"""Two answers are equal but for what is said to differ; anything else is named by its path."""

from benchmarks.differences import differences

BEFORE = {
    "itineraries": [{"duration": 420, "legs": [{"mode": "BUS", "startTime": "2026-12-08T07:00:00Z"}]}],
    "hent": {"network": "911775", "dropped": [{"code": "same_ride", "transfers": 0}]},
}


def test_an_answer_equals_itself() -> None:
    assert list(differences(BEFORE, BEFORE)) == []


def test_another_version_of_the_network_is_no_difference() -> None:
    after = BEFORE | {"hent": BEFORE["hent"] | {"network": "26d3a5"}}  # type: ignore[operator]
    assert list(differences(BEFORE, after)) == []


def test_another_version_of_the_registers_words_is_no_difference() -> None:
    before, after = ({"hent": {"dataUse": {"version": version}}} for version in ("bbd2a62f13f4", "bb5b17f359ac"))
    assert list(differences(before, after)) == []


def test_a_loss_told_in_other_words_is_no_difference_and_a_loss_no_longer_told_is() -> None:
    told = {"code": "vehicle_gains_little", "count": 2, "sentence": "le vélo fait gagner trop peu"}
    before = {"hent": {"removed": [told]}}
    reworded = {"hent": {"removed": [told | {"sentence": "Le vélo ne fait presque rien gagner."}]}}
    assert list(differences(before, reworded)) == []
    assert len(list(differences(before, {"hent": {"removed": []}}))) == 1


def test_a_changed_member_is_told_by_its_path_and_both_values() -> None:
    after = BEFORE | {
        "itineraries": [{"duration": 420, "legs": [{"mode": "BUS", "startTime": "2026-12-08T07:01:00Z"}]}]
    }
    assert list(differences(BEFORE, after)) == [
        'itineraries[0].legs[0].startTime: "2026-12-08T07:00:00Z" | "2026-12-08T07:01:00Z"'
    ]


def test_a_member_that_one_answer_alone_has_differs() -> None:
    assert list(differences({"direct": []}, {})) == ["direct: [] | -"]
    assert list(differences({}, {"direct": []})) == ["direct: - | []"]


def test_an_itinerary_more_differs() -> None:
    assert list(differences({"itineraries": []}, {"itineraries": [{}]})) == ["itineraries: 0 of them | 1 of them"]


def test_another_order_differs() -> None:
    assert list(differences({"labels": ["best", "fastest"]}, {"labels": ["fastest", "best"]})) == [
        'labels[0]: "best" | "fastest"',
        'labels[1]: "fastest" | "best"',
    ]


def test_a_number_is_no_truth_and_no_text() -> None:
    assert list(differences({"walk": 1}, {"walk": True})) == ["walk: 1 | true"]
    assert list(differences({"walk": 1}, {"walk": "1"})) == ['walk: 1 | "1"']


def test_more_losses_may_be_told_and_none_fewer() -> None:
    same, dear = {"code": "same_ride", "transfers": 0}, {"code": "too_dear", "transfers": 1}
    assert list(differences({"hent": {"dropped": [same]}}, {"hent": {"dropped": [dear, same]}})) == []
    assert list(differences({"hent": {"dropped": [same, dear]}}, {"hent": {"dropped": [dear]}})) == [
        'hent.dropped[0]: {"code": "same_ride", "transfers": 0} | -'
    ]


def test_a_loss_may_be_counted_more_often() -> None:
    once, twice = ({"hent": {"removed": [{"code": "dominated", "count": n}]}} for n in (1, 2))
    assert list(differences(once, twice)) == []
