"""What lays out, draws, reads or writes: no planning needs any of it."""

ENGINES = {
    "PIL",
    "fontTools",
    "numpy",
    "pikepdf",
    "pypdfium2",
    "qrcode",
    "reportlab",
    "weasyprint",
    "zxingcpp",
}
