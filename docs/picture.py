"""A picture of a workbook's first sheet for the README, as LibreOffice prints it.

    toolkit weekly data/sample
    python docs/picture.py data/sample/runs/<week>/delist.xlsx docs/delist-workbook.png

Needs LibreOffice (``soffice``) and poppler (``pdftoppm``). White margins are cut off, and colours are reduced so that
the picture stays small.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image, ImageChops

DPI = "130"
ROWS = 0.62
"""Share of the page's height to keep at most: enough to see the work list, not all of it."""


def page_one(workbook: Path, folder: Path) -> Image.Image:
    """The first printed page of a workbook."""
    home = f"-env:UserInstallation={(folder / 'home').as_uri()}"
    convert = ["soffice", home, "--headless", "--convert-to", "pdf", "--outdir", str(folder), str(workbook)]
    subprocess.run(convert, check=True, capture_output=True, timeout=180)
    pdf = folder / f"{workbook.stem}.pdf"
    subprocess.run(["pdftoppm", "-r", DPI, "-l", "1", "-singlefile", "-png", pdf, folder / "page"], check=True)
    return Image.open(folder / "page.png").convert("RGB")


def without_margins(page: Image.Image) -> Image.Image:
    """The page cut to what is printed on it, with a narrow white edge."""
    top = page.crop((0, 0, page.width, int(page.height * ROWS)))
    left, upper, right, lower = ImageChops.difference(top, Image.new("RGB", top.size, "white")).getbbox() or (
        0,
        0,
        1,
        1,
    )
    return top.crop((max(left - 12, 0), max(upper - 12, 0), min(right + 12, top.width), min(lower + 12, top.height)))


def main(workbook: str, picture: str) -> None:
    """Write the picture; says its size."""
    with tempfile.TemporaryDirectory() as folder:
        cut = without_margins(page_one(Path(workbook), Path(folder)))
        cut.quantize(64, dither=Image.Dither.NONE).save(picture, optimize=True)
    print(f"{picture}: {Path(picture).stat().st_size // 1024} KB, {cut.width} x {cut.height}")


if __name__ == "__main__":
    main(*sys.argv[1:])
