"""Kinds of sources, names compared and grouped."""

from __future__ import annotations

import pytest

from claims.voices import names
from claims.voices.names import affiliation, best_name, canonical, display, kind_of, person_words, same_source


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("the Fisheries Ministry", "institution"),
        ("Oslo", "state"),
        ("the Norwegian government", "state"),
        ("U.S.", "state"),
        ("Ilse Brandt", "person"),
        ("Fisheries Minister Ilse Brandt", "person"),
        ("she", "person"),
        ("the spokesman", "person"),
        ("critics", "unnamed"),
        ("a senior official", "unnamed"),
        ("people familiar with the matter", "unnamed"),
        ("", "unnamed"),
        ("Danish officials", "group"),
        ("the two leaders", "group"),
        ("The Evening Herald", "outlet"),
        ("an editorial in the Evening Herald", "outlet"),
        ("Reuters", "outlet"),
        ("UNHCR", "institution"),
        ("the poll", "institution"),
    ],
)
def test_kinds(name: str, kind: str) -> None:
    assert kind_of(name) == kind


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Ilse Brandt", "Fisheries Minister Ilse Brandt"),
        ("Ilse Brandt", "Ilse M. Brandt"),
        ("Choe Yong-rim", "Choe Yong Rim"),
        ("Choe Sung Taek", "Choe Song-taek"),
        ("Ilse Brandtner", "Ilse Brantner"),
        ("Rodong Ilbo", "Nodong Ilbo"),
        ("José Ibáñez", "Jose Ibanez"),
        ("the World Herring Council", "WHC"),
        ("Norway", "Oslo"),
        ("the Danish government", "Copenhagen"),
        ("the Evening Herald", "Norway’s state-run Evening Herald"),
        ("the Fisheries Ministry’s", "The Fisheries Ministry"),
    ],
)
def test_one_source(a: str, b: str) -> None:
    assert same_source(a, b)
    assert same_source(b, a)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Ilse Brandt", "Karl Brandt"),
        ("John Smith", "Joan Smith"),
        ("Peter Hansen", "Peter Jansen"),
        ("Peter Martens", "Peter Mertens"),
        ("Choe Jong-un", "Choe Jong Nam"),
        ("Brandt", "Ilse Brandt"),
        ("North Korea", "South Korea"),
        ("the Danish Foreign Ministry", "the Norwegian Foreign Ministry"),
        ("the Foreign Ministry", "the Defence Ministry"),
        ("Oslo", "Norwegian Foreign Ministry"),
        ("critics", "sources"),
        ("Fisheries Ministry spokesman Karl Lund", "the Fisheries Ministry"),
    ],
)
def test_two_sources(a: str, b: str) -> None:
    assert not same_source(a, b)
    assert not same_source(b, a)


def groups(*written: str) -> list[int]:
    return canonical([(n, kind_of(n)) for n in written])


def test_a_surname_joins_the_one_full_name_it_fits() -> None:
    assert groups("Minister Ilse Brandt", "Brandt", "Ms. Brandt", "Ilse Brandt") == [0, 0, 0, 0]


def test_a_surname_that_fits_two_stays_alone() -> None:
    assert groups("Ilse Brandt", "Karl Brandt", "Brandt") == [0, 1, 2]


def test_grouping_does_not_hang_on_order() -> None:
    written = ["Karl Lund", "the WHC", "Lund", "World Herring Council", "critics", "Oslo", "Norway"]
    pairs = set()
    for order in (written, written[::-1]):
        got = dict(zip(order, groups(*order), strict=True))
        pairs.add(frozenset((a, b) for a in written for b in written if got[a] == got[b]))
    assert len(pairs) == 1


def test_unnamed_sources_are_grouped_by_their_words_alone() -> None:
    assert groups("critics", "critics", "sources") == [0, 0, 1]


def test_display_leaves_the_appositive_off() -> None:
    assert display("Karl Lund, who leads the council,") == "Karl Lund"
    assert display("the ministry’s") == "the ministry"
    assert best_name(["Lund", "Karl Lund, its head", "the head"]) == "Karl Lund"


def test_a_persons_words_are_without_office() -> None:
    assert person_words("former Danish Deputy Prime Minister Ilse Brandt") == ("ilse", "brandt")
    assert person_words("Mr. Lund") == ("lund",)


def test_a_spokesman_is_linked_to_whom_he_speaks_for() -> None:
    assert affiliation("Fisheries Ministry spokesman Karl Lund") == "Fisheries Ministry"
    assert affiliation("a spokeswoman for the council") == "the council"
    assert affiliation("Karl Lund") is None


def test_many_names_are_grouped_in_passable_time() -> None:
    written = [(f"Person{i % 700} Family{i}", "person") for i in range(3000)]
    assert len(set(names.canonical(written))) > 1000  # type: ignore[arg-type]
