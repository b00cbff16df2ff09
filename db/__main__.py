"""``python -m db``: write ``schema.sql`` anew from the migrations."""

from pathlib import Path

from db import dump

if __name__ == "__main__":
    Path(__file__).with_name("schema.sql").write_text(dump(), encoding="utf-8")
