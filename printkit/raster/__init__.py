"""Open pictures safely; show PDF pages as pictures.

Modules are imported one by one: most load Pillow or PDFium, and a plan of a batch looks at no picture.
"""
