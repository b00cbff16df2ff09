"""Single lines at the edges of an article: who is named, and what is kept. All texts are invented."""

from __future__ import annotations

import pytest

from claims.models import Document
from claims.read.base import Options, document
from claims.sentences import split


def read(text: str) -> Document:
    return document("page.txt", "0" * 64, text, Options())


def test_plain_prose_has_no_boilerplate() -> None:
    text = (
        'The dam broke at dawn.\nNobody was hurt, the mayor said. "We were lucky," she added.\nPoor Ode Varn.\n'
        "He had warned of it for years: share prices fell, and the news was bad.\nMr. Varn is president of the union."
    )
    assert read(text).boilerplate == ()


def test_event_dates_are_no_publication_dates() -> None:
    text = "On 3 May 2021 the dam broke.\n\nOn 4 May 2021, the mayor spoke about it for an hour and then went home.\n"
    assert read(text).published is None


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("© 2021 Example Times. All rights reserved.", "Example Times"),
        ("Copyright 2019 The Example Post, LLC. Click here for reprint permission.", "The Example Post"),
        ("Join the Hill.example mailing list", "Hill.example"),
        ("Sign up for our newsletter", None),
        ("Get breaking news alerts and special reports.", None),
        ("The views expressed here are the author's own and do not reflect those of the Hill government.", None),
        ("The views expressed in this article do not necessarily reflect the views of Example Forum.", "Example Forum"),
        ("Copyright 2014 The Associated Press. All rights reserved.", None),
    ],
)
def test_outlet_of_the_foot(line: str, outlet: str | None) -> None:
    text = f"The dam broke at dawn, and the town was flooded.\n\nNobody was hurt, the mayor said on Monday.\n\n{line}"
    assert read(text).outlet == outlet


@pytest.mark.parametrize(
    ("line", "via"),
    [
        ("This article was originally published by The Conversation. Read the original article.", "The Conversation"),
        ("This column first appeared in Example Weekly on May 3.", "Example Weekly"),
        ("Republished with permission from Hill Review.", "Hill Review"),
        ("Copyright 2014 The Associated Press. All rights reserved.", "The Associated Press"),
        ("This interview was originally published on November 15, 2018.", None),
    ],
)
def test_reprints(line: str, via: str | None) -> None:
    text = f"The dam broke at dawn, and the town was flooded.\n\nNobody was hurt, the mayor said on Monday.\n\n{line}"
    found = read(text)
    assert found.via == via
    assert len(split(found)) == 2


def test_articles_last_paragraph_is_no_biography() -> None:
    text = (
        "The hospital at Ostmark lobbied for the law, records show.\n\nOde Varn opposed it.\n\n"
        "Ode Varn is the director of the clinic, and a member of the board that drew up the law."
    )
    assert len(split(read(text))) == 3


def test_list_at_the_end_is_article() -> None:
    text = "The board gave its figures on Monday, and they were bad:\nTolls up by 12 percent\nFish down by half\n"
    assert [s.text for s in split(read(text))][-1] == "Fish down by half"


def test_user_comments_are_left_out() -> None:
    text = (
        "The dam broke at dawn, and the lower town was flooded within an hour.\n\nNobody was hurt, the mayor said.\n\n"
        "Leave a Reply\n\nSue says:\n\nI never believed a word of what that mayor says about anything.\n"
    )
    assert len(split(read(text))) == 2
