"""Judge all samples, print the matrix and store it in the docs: `make preflight-matrix`."""

import sys
import warnings

from tests.preflight.matrix.base import ROOT
from tests.preflight.matrix.judge import matrix
from tests.preflight.matrix.table import page

PAGE = ROOT / "docs/preflight-matrix.md"

if __name__ == "__main__":
    warnings.simplefilter("ignore")
    made = matrix()
    PAGE.write_text(page(made), encoding="utf-8")
    sys.stdout.write(page(made))
    sys.exit(bool(made.faults))
