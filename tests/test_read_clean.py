"""Boilerplate and metadata of pages copied as plain text. All texts are invented.

Each page is written with a mark before every line: ``+`` article, ``=`` section heading, ``-`` boilerplate. What is
marked ``+`` or ``=`` must come back as sentences, whole; what is marked ``-`` must not come back at all.
"""

# ruff: noqa: E501  (lines of pages are as long as pages have them)

from __future__ import annotations

from itertools import pairwise

import pytest

from claims.models import Document
from claims.read.base import Options, document
from claims.sentences import split

PAGES = {
    "magazine": (
        """
- Connect with us
-
- Hi, what are you looking for?
-
- The Buzz
-
- Lowland and Highland: A ‘Partnership’ That Could Break Soon?
-
- Highland's Mara Quill at the Lakes Summit
- Highland's Mara Quill at the Lakes Summit
-
+ Highland has taken steps to renew its “old partnership” with Lowland, its state radio reporting that minister Ode Varn met the envoy on Tuesday. The two are said to have spoken about the dams.
-
+ Lowland has denied that it asked for the meeting.
-
- Written By
-
- Tomas Reed is a Research Assistant in River Studies at the Institute for Border Waters and a recent graduate of Eastfield College, where he focused on dams and river law.
-
- In this article:dams, featured, Highland, Lowland
-
- Advertisement. Scroll to continue reading.
-
- You May Also Like
-
- Smart Bombs
- Why the Old Bridges Still Matter to Every Army
-
- Click to comment
-
- Leave a Reply
-
- Your email address will not be published. Required fields are marked *
""",
        {
            "title": "Lowland and Highland: A ‘Partnership’ That Could Break Soon?",
            "author": "Tomas Reed",
            "outlet": None,
            "published": None,
            "via": None,
        },
    ),
    "journal": (
        """
+ Throughout last year the two capitals went on exchanging letters and wreaths. The harvest treaty was signed in May.
+ On June 3, it was reported that Ode Varn would be sent to the coast. “We will go on together,” he wrote.
+ Thus the friendship is praised on both sides, and it is unclear how much of it is true.
- Mara Oldfield, PhD in History, leading research fellow at the Centre for River Studies of the Lakes Academy, exclusively for the online journal “Far Shore Review”.
""",
        {"title": None, "author": "Mara Oldfield", "outlet": "Far Shore Review", "published": None},
    ),
    "reprint": (
        """
- Lowland-Highland Ties: Is the Coast Truly Unhappy with the Hill Pact?
- by Mara Oldfield on 06 Jan 2023 0 Comment
-
+ In our last review we looked at the ties in a good light. It is now time to ask what the coast thinks.
-
= A Decline in Visits
-
+ The first argument is that visits have become rare since the pact was signed in the summer of 2022. On the 40th anniversary, held on 3 May 2022, nobody came.
-
= Demand for the Return of the Boats
-
+ In July 2022 the hill papers reported that the coast wanted 1,000 boats back.
-
- Mara Oldfield, PhD in History, Leading research fellow at the Centre for River Studies, Lakes Academy. Courtesy
-
- https://far-shore.example/2023/01/02/lowland-highland-ties-is-the-coast-truly-unhappy/
-
- User Comments Post a Comment
-
- Back to Top
""",
        {
            "title": "Lowland-Highland Ties: Is the Coast Truly Unhappy with the Hill Pact?",
            "author": "Mara Oldfield",
            "outlet": None,
            "published": "2023-01-06",
            "via": "far-shore.example",
        },
    ),
    "institute": (
        """
- Highland and the Coast, Friends or Partners of Need ?
-
- Highland and the Coast share a long border and a short memory. Both gave shelter to the other's writers in ۱۹۴۹.
- 4 September 2020
- view 512
- Parisa Novindoust
-
+ Highland and the Coast share a long border and a short memory. Both gave shelter to the other's writers in 1949. Not long after, the Coast sent grain, saving the mills from ruin.
-
+ In 1961 the two signed a treaty, which was renewed on 11 July 2001 and is up for renewal.
-
- Parisa Novin doust
-
- (The opinions expressed are those of the authors and do not purport to reflect the opinions or views of the CRSA)
-
- متن دیدگاه
- نظرات کاربران
""",
        {
            "title": "Highland and the Coast, Friends or Partners of Need ?",
            "author": "Parisa Novindoust",
            "outlet": "CRSA",
            "published": "2020-09-04",
        },
    ),
    "reference": (
        """
- RIVER AID - Make a charitable donation in support of the flooded towns!
-
- Highland - Relations with the Coast
-
+ Highland and the Coast have common aims, starting with the removal of the toll. However rocky the ties seem, they hold.
-
= Highland - Relations with the Coast - The Varn Years
-
+ Ode Varn has argued that the two are "tied like boats in a storm – one needs the rope, and the other needs the anchor". Once called ‘as close as bark and tree’, they drift.
-
- Join the DamWatch.example mailing list
-
- Page last modified: 30-06-2019 11:42:45 ZULU
""",
        {
            "title": "Highland - Relations with the Coast",
            "author": None,
            "outlet": "DamWatch.example",
            "published": None,
        },
    ),
    "agency": (
        """
- World News
- Hill army tests new bridge, coast says
- By Ann Poole, Ben Carr
- 3 MIN READ
-
- FILE PHOTO: The bridge at Ostmark is seen in this picture taken from the coast, May 2, 2019. REUTERS/Sol Ames/File Photo
-
+ OSTMARK (Reuters) - The hill army tested a bridge on Monday, the coast guard said.
-
+ “It was not a test,” said Ode Varn, a spokesman.
-
- Reporting by Ann Poole and Ben Carr; Editing by Sue Vale
-
- Our Standards: The Thomson Reuters Trust Principles.
""",
        {
            "title": "Hill army tests new bridge, coast says",
            "author": "Ann Poole, Ben Carr",
            "via": "Reuters",
            "published": None,
        },
    ),
    "daily": (
        """
- Home > Politics
- Posted on : 2021-10-26 16:50 KST Modified on : 2021-10-27 09:10 KST
- Mills will close before the winter, union says
- By Lee Dane, staff reporter
- Share on Facebook Share on Twitter
-
- The mill at Ostmark on Oct. 20. (provided by the town)
-
+ The mills of Ostmark will close before the winter, the millers' union said on Tuesday.
-
= What the owners say
-
+ The owners said they “know nothing of it.”
-
- Please direct questions or comments to [desk@daily.example]
- button that move to original article
- Related stories
- Bread dearer than ever, town finds
- Last miller of the valley dies
- Most viewed articles
- [Editorial] A winter without bread
""",
        {
            "title": "Mills will close before the winter, union says",
            "author": "Lee Dane",
            "published": "2021-10-26",
        },
    ),
    "standfirst": (
        """
- Toll on the lower river to double by spring
- Boatmen call the plan ruinous; the harbour board says that it has no choice.
-
- Justin Mill in Ostmark
- Thu 21 Oct 2021 08.05 BST
- Last modified on Fri 22 Oct 2021 10.00 BST
-
+ The toll on the lower river will double in spring, the harbour board has said.
-
+ Boatmen's leaders said that they would block the locks.
-
- This article was amended on 22 October 2021 to correct a date.
- Topics
- Rivers
- News
""",
        {
            "title": "Toll on the lower river to double by spring",
            "author": "Justin Mill",
            "published": "2021-10-21",
        },
    ),
    "commentary": (
        """
- Home Commentary Lowland–Highland ties at 70
- Commentary
- Lowland–Highland ties at 70
- March 5, 2020
- By: Dr. Joon Park-Ellis
-
+ In February, the two capitals marked seventy years of ties. There were flowers, but no speeches.
-
= From Friends to Neighbours
-
+ At first, the ties were warm. Trade reached 2.3 billion in 1960.
-
- * * *
-
- This commentary was originally published in The Hill Quarterly and is reproduced with permission.
-
- The views expressed in this commentary are the author's own and do not represent the official position of Lakes Policy Forum.
-
- Joon Park-Ellis teaches international relations at Eastfield College. His latest book is “The Long River”.
-
- [1] See the yearbook, p. 12.
""",
        {
            "title": "Lowland–Highland ties at 70",
            "author": "Joon Park-Ellis",
            "outlet": "Lakes Policy Forum",
            "via": "The Hill Quarterly",
            "published": "2020-03-05",
        },
    ),
    "broadcaster": (
        """
- Leader's sister visits the dam
- Published
- 29 March 2018
- comments
- Share
- Image source, Reuters
- Image caption, The two leaders shook hands at the dam
+ The leader's sister has visited the dam at Ostmark for the first time, state media say.
-
+ She was met by Mayor Poole, who called the visit "historic".
-
- Analysis by Robin Dale, East River correspondent
+ The visit was kept secret until she had left. That is not new.
-
- More on this story
- Dam visit: What we know
- 2 March 2018
- Related Topics
- Dams
""",
        {"title": "Leader's sister visits the dam", "author": None, "published": "2018-03-29", "outlet": None},
    ),
    "masthead": (
        """
- Skip to content
- THE HILL HERALD
- ASIA
- Lowland Envoy Sees No Need for Talks
- Wednesday, 26 Oct 2016 07:15 AM
+ Lowland's envoy said on Tuesday that he saw no need for new talks, even if others did.
-
+ "Talks for the sake of talks are a waste," the envoy, Li Dane, said.
-
- © 2016 Thomson/Reuters. All rights reserved.
-
- Click Here to comment on this article
""",
        {
            "title": "Lowland Envoy Sees No Need for Talks",
            "outlet": "THE HILL HERALD",
            "via": "Thomson/Reuters",
            "published": "2016-10-26",
        },
    ),
}


def parse(page: str) -> tuple[str, list[tuple[str, str]]]:
    lines = [(line[:1], line[2:]) for line in page.strip("\n").split("\n")]
    return "\n".join(body for _, body in lines), [(mark, body) for mark, body in lines if body.strip()]


def read(text: str, **options: object) -> Document:
    return document("page.txt", "0" * 64, text, Options(**options))  # type: ignore[arg-type]


@pytest.mark.parametrize("name", sorted(PAGES))
def test_article_is_kept_and_furniture_is_not(name: str) -> None:
    text, lines = parse(PAGES[name][0])
    found = split(read(text))
    at = 0
    for mark, body in lines:
        start = text.index(body, at)
        at = end = start + len(body)
        if body.startswith("Boatmen call"):
            mark = "+"  # a standfirst that says what nothing else says is article text
        inside = [s for s in found if s.start < end and s.end > start]
        covered = sum(min(s.end, end) - max(s.start, start) for s in inside)
        if mark == "=":
            assert [(s.text, s.kind) for s in inside] == [(body, "heading")]
        elif mark == "+":
            assert covered >= len(body) - len(inside), body
            assert all(s.kind == "sentence" for s in inside), body
        else:
            assert covered == 0, body


@pytest.mark.parametrize("name", sorted(PAGES))
def test_metadata_is_what_the_text_says(name: str) -> None:
    text, _ = parse(PAGES[name][0])
    found = read(text)
    for field, wanted in PAGES[name][1].items():
        assert getattr(found, field) == wanted, field
    assert found.language == "en"


def test_spans_are_in_order_and_inside() -> None:
    for page, _ in PAGES.values():
        text, _ = parse(page)
        spans = read(text).boilerplate
        assert all(a.end <= b.start for a, b in pairwise(spans))
        assert all(0 <= s.start < s.end <= len(text) for s in spans)
