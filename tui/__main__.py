"""``python -m tui FILE``: the UI alone, for those who work on it."""

import sys
from pathlib import Path

from claims.errors import ClaimsError
from tui import run

if __name__ == "__main__":
    try:
        sys.exit(run(Path(sys.argv[1] if len(sys.argv) > 1 else "claims.db")))
    except ClaimsError as error:
        sys.exit(str(error))
