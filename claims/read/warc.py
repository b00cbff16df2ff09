"""Web archives (.warc, .warc.gz), by warcio: one article a page."""

from __future__ import annotations

from collections.abc import Iterator

from claims.errors import InputError, SkippedInput
from claims.read.base import Item, Options, Raw, sha256, too_big
from claims.read.html import decoded, read_page

SUFFIXES = (".warc", ".warc.gz")


def read(raw: Raw, options: Options) -> Iterator[Item]:
    """One Document for each successful HTML response, in the archive's order."""
    from warcio.archiveiterator import ArchiveIterator

    pages = 0
    with raw.open() as stream:
        try:
            for number, record in enumerate(ArchiveIterator(stream), 1):
                if record.rec_type not in ("response", "resource"):
                    continue
                status = record.http_headers.get_statuscode() if record.http_headers else "200"
                headers = record.http_headers or record.rec_headers
                content_type = headers.get_header("Content-Type") or ""
                if status != "200" or "html" not in content_type.lower():
                    continue
                pages += 1
                place = f"{raw.path}#{number}"
                data = record.content_stream().read(options.limit + 1)
                if len(data) > options.limit:
                    yield too_big(place, options.limit)
                    continue
                if getattr(record.raw_stream, "limit", 0) > 0:
                    raise EOFError("the last page is not whole")
                url = record.rec_headers.get_header("WARC-Target-URI")
                try:
                    text, encoding = decoded(data, place, content_type)
                    yield from read_page(place, sha256(data), text, encoding, url.strip("<>") if url else None, options)
                except InputError as error:
                    yield error
        except InputError:
            raise
        except Exception as error:  # warcio raises whatever a broken archive makes of its reading
            problem = InputError(f"{raw.path}: not a web archive, or cut short ({str(error)[:120]}); fetch it again.")
            if pages <= 1:
                raise problem from error
            yield problem
            return
    if not pages:
        raise SkippedInput(f"{raw.path}: no page in this web archive; nothing to store.")
