"""The manifest: every piece of the folder, written last."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import to_json

from printkit.batch.folder import Folder, Written
from printkit.batch.journal import Record
from printkit.batch.origin import Origin
from printkit.batch.paths import CAMPAIGN, MANIFEST
from printkit.batch.run import Run

# For programs that read manifests: raised when a key changes its meaning or goes
SCHEMA = 1

M = TypeVar("M", bound=BaseModel)


def manifest(run: Run, records: Iterable[Record]) -> dict[str, Any]:
    """Return the manifest as the contract describes it, pieces sorted by id."""
    pieces = sorted(records, key=lambda record: record.id)
    return {
        "schema": SCHEMA,
        "campaign": run.origin.id,
        "date": run.date.strftime("%Y-%m-%dT%H:%M:%SZ"),
        "versions": dict(sorted(run.versions.items())),
        "pieces": [record.entry() for record in pieces],
        "totals": totals(pieces),
    }


def totals(records: Iterable[Record]) -> dict[str, int]:
    """Count what lies in the folder, the same after a first run and a resumed one."""
    pieces = list(records)
    return {
        "pieces": len(pieces),
        "press": sum(not record.held for record in pieces),
        "held": sum(record.held for record in pieces),
        "unconfirmed": sum(bool(record.unconfirmed) for record in pieces),
        "layouts": len({record.layout for record in pieces if record.file}),
        "copies": sum(record.quantity for record in pieces if not record.held),
        "bytes": sum(record.bytes or 0 for record in pieces),
    }


def write_manifest(folder: Folder, data: Mapping[str, Any]) -> None:
    """Write the manifest, which says that all it names is in place."""
    folder.renew(MANIFEST, to_json(data, indent=1) + b"\n")


def write_origin(folder: Folder, origin: Origin) -> None:
    """Note whose folder this is before there is a manifest to say so."""
    folder.renew(CAMPAIGN, origin.id.encode())


class _Piece(BaseModel):
    file: str | None
    sha256: str | None
    bytes: int | None


class _Pieces(BaseModel):
    """What a run asks of the pieces of the run before it; the rest is passed over."""

    pieces: tuple[_Piece, ...]


class _Campaign(BaseModel):
    campaign: str


def read_files(folder: Folder) -> list[Written]:
    """List the files of the last manifest, where there is one; their times are not known."""
    former = _read(folder, _Pieces)
    return [
        Written(piece.file, piece.sha256, piece.bytes, mtime_ns=0)
        for piece in (former.pieces if former else ())
        if piece.file and piece.sha256 and piece.bytes
    ]


def origin_of(folder: Folder) -> str | None:
    """Return the origin that last filled the folder, or had begun to, by id; None where nothing says so."""
    with suppress(OSError, UnicodeDecodeError):
        return folder.path(CAMPAIGN).read_text("utf-8") or None
    former = _read(folder, _Campaign)
    return former.campaign if former else None


def _read(folder: Folder, model: type[M]) -> M | None:
    try:
        # One of another program, or cut off, counts as none: foreign.py refuses what is not ours
        return model.model_validate_json(folder.path(MANIFEST).read_bytes())
    except (OSError, ValidationError):
        return None
