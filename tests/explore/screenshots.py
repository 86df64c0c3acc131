"""Every page as a reporter sees it: python -m tests.explore.screenshots

Writes pictures at 1280 and 390 pixels, light and dark, into the git-ignored folder
``screenshots``, of the worked case.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.explore.browser import ROOT, browsing, served
from tests.explore.pages import demo, pages


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        database = demo(Path(folder) / "demo.db")
        with served(database) as start, browsing() as browser:
            root = start.removesuffix("/provenance/-/statements")
            for name, path in pages(database).items():
                browser.open(f"{root}/{path}")
                for width in (1280, 390):
                    for scheme in ("light", "dark"):
                        browser.look(width, dark=scheme == "dark")
                        browser.shot(ROOT / "screenshots" / f"{name}-{width}-{scheme}.png")
                print(name)


if __name__ == "__main__":
    main()
