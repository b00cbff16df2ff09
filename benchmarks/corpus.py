"""Articles of a corpus of JSON lines (fields text, title, source, date, url) written out as files."""

from __future__ import annotations

import json
from pathlib import Path


def write_articles(corpus: Path, folder: Path, count: int) -> int:
    """The first ``count`` articles with a text of their own, as Markdown with front matter; returns how many."""
    folder.mkdir(parents=True, exist_ok=True)
    seen: set[str] = set()
    with corpus.open(encoding="utf-8") as lines:
        for line in lines:
            if len(seen) >= count:
                break
            row = json.loads(line)
            if not row.get("text") or row["text"] in seen:
                continue
            names = {
                "outlet": row.get("source"),
                "title": row.get("title"),
                "date": row.get("date"),
                "url": row.get("url"),
            }
            front = "".join(f"{k}: {json.dumps(str(v), ensure_ascii=False)}\n" for k, v in names.items() if v)
            text = f"---\n{front}---\n\n{row['text']}\n"
            (folder / f"{len(seen):05}.md").write_text(text, encoding="utf-8")
            seen.add(row["text"])
    return len(seen)
