"""WeasyPrint in a loop, as its users write it: `pdf/x-4` with an output intent, or plain RGB.

`python -m benchmarks.batch.rivals.weasy_loop WORKSPACE OUT x4|rgb`
"""

import sys
from pathlib import Path

from weasyprint import CSS, HTML

from benchmarks.batch.rivals.sheet import Given, file_of
from benchmarks.batch.rivals.symbol import coded

PROFILE = "../assets/icc/FOGRA39L_coated.icc"
INTENT = f"@color-profile device-cmyk {{ src: url({PROFILE}); components: cyan, magenta, yellow, black }}"


def main(workspace: Path, out: Path, variant: str) -> None:
    """Write every piece."""
    given = Given.read(workspace)
    pages = {file.stem: file.read_text("utf-8") for file in given.pages.glob("nu*.html")}
    base = f"{given.pages}/"
    for piece in given.pieces:
        html = HTML(string=coded(pages[piece["committee"]], piece), base_url=base)
        file = file_of(out, piece)
        file.parent.mkdir(parents=True, exist_ok=True)
        if variant == "x4":
            sheet = CSS(string=INTENT, base_url=base)
            html.write_pdf(file, stylesheets=[sheet], pdf_variant="pdf/x-4")
        else:
            html.write_pdf(file)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3])
