"""Kinds of sources, names compared and grouped."""

from __future__ import annotations

import pytest

from claims.voices.holders import Resolver
from claims.voices.names import affiliation, display, kind_of, person_words, same_source


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


def test_display_leaves_the_appositive_off() -> None:
    assert display("Karl Lund, who leads the council,") == "Karl Lund"
    assert display("the ministry’s") == "the ministry"


def test_a_persons_words_are_without_office() -> None:
    assert person_words("former Danish Deputy Prime Minister Ilse Brandt") == ("ilse", "brandt")
    assert person_words("Mr. Lund") == ("lund",)


def test_a_spokesman_is_linked_to_whom_he_speaks_for() -> None:
    assert affiliation("Fisheries Ministry spokesman Karl Lund") == "Fisheries Ministry"
    assert affiliation("a spokeswoman for the council") == "the council"
    assert affiliation("Karl Lund") is None
    assert affiliation("Secretary of State Karl Lund") is None


def test_a_person_and_the_body_that_he_is_of_is_the_person() -> None:
    text = "Stephanie Kleine-Berg of the Crisis Group said so. Kleine-Berg said more. The Bank of the South said less."
    resolver = Resolver(text)
    found = []
    for name in ("Stephanie Kleine-Berg of the Crisis Group", ". Kleine-Berg", "The Bank of the South"):
        start = text.index(name) + len(name) - len(name.lstrip(". "))
        found.append(resolver.resolve(start, text.index(name) + len(name)).name)
    assert found == ["Stephanie Kleine-Berg", "Stephanie Kleine-Berg", "The Bank of the South"]


def test_a_title_is_his_beside_whose_name_it_stands() -> None:
    text = "Gen. Martin Dorn spoke. Ann Lee, an analyst, did. The general said more. The mayor left."
    resolver = Resolver(text)
    found = []
    for name in ("Gen. Martin Dorn", "Ann Lee", "The general", "The mayor"):
        start = text.index(name)
        found.append(resolver.resolve(start, start + len(name)).name)
    assert found[2:] == ["Gen. Martin Dorn", "The mayor"], "and of nobody where it stands beside none"


def test_what_is_anothers_is_not_called_by_the_owners_name() -> None:
    text = "Lee's lawyer said so. Lee said more."
    resolver = Resolver(text)
    resolver.resolve(0, len("Lee's lawyer"))
    assert resolver.resolve(text.index(" Lee") + 1, text.index(" Lee") + 4).name == "Lee"
