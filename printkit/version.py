"""The program's version, where every part may read it.

It is not asked of the installed distribution: that has another name, as `printkit` on the package index is
somebody else's, and a checkout on the path has none.
"""

VERSION = "0.1.0"
