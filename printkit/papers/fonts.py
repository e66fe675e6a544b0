"""The typefaces of proofs: those of the workspace, known to ReportLab by their content."""

from collections.abc import Mapping
from hashlib import sha256
from io import BytesIO

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from printkit.papers.parts import ProofFonts
from printkit.typeface import as_truetype


def register(fonts: ProofFonts) -> Mapping[str, str]:
    """Make the fonts known; return their names in ReportLab by role."""
    return {role: _register(getattr(fonts, role)) for role in ("head", "text", "strong")}


def _register(font: bytes) -> str:
    # By content, as two workspaces in one process may have fonts of the same name.
    name = f"printkit-{sha256(font).hexdigest()[:12]}"
    if name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(name, BytesIO(as_truetype(font))))
    return name
