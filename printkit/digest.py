"""The one way to hash data that is no file: keys of pieces, layouts, books and merged files."""

import json
from hashlib import sha256
from typing import Any

_ENCODER = json.JSONEncoder(sort_keys=True, ensure_ascii=False)


def digest_of(data: Any) -> str:
    """Return the SHA-256 of data as JSON writes it, keys in order; equal data give equal digests anywhere."""
    return sha256(_ENCODER.encode(data).encode()).hexdigest()
