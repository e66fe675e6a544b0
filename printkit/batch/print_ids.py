"""No two codes of a campaign have the same print id, whatever each stands for."""

from collections.abc import Iterable, Iterator, Mapping

from printkit.batch.journal import Record
from printkit.batch.origin import Origin
from printkit.batch.piece import Found
from printkit.batch.planned import Planned
from printkit.errors import PrintkitError, WorkspaceError
from printkit.qr import CodeProblem, check_collisions
from printkit.template import CodeLink
from printkit.words import sentence


def refuse_shared_ids(
    origin: Origin, pieces: Iterable[Planned], found: Mapping[str, Found], kept: Iterable[Record]
) -> None:
    """Raise WorkspaceError that names what shares a print id, among pieces of this run and `kept` records.

    Formats of one design at one place share theirs by intent. What a kept code's id stands for beyond its
    design, the address it was given, is in no record.
    """
    links = [(piece, link) for piece in pieces for link in _links(found[piece.id])]
    # Asked twice: of what each id was made from, and of the design, which is all that is known of kept pieces
    designs = [(_design(piece, link.slot), link.print_id) for piece, link in links]
    records = list(kept)
    designs += [(_design(one, code.slot), code.print_id) for one in records for code in one.qr]
    try:
        check_collisions((link.subject, link.print_id) for _, link in links)
        check_collisions(designs)
    except CodeProblem as problem:
        raise WorkspaceError(origin.where, "edition", sentence(problem)) from problem


def _links(found: Found) -> Iterator[CodeLink]:
    yield from () if isinstance(found, PrintkitError) else found.links


def _design(piece: Planned | Record, slot: str) -> str:
    language = piece.lang if isinstance(piece, Record) else piece.language
    named = "_".join(filter(None, (piece.committee, piece.template, piece.format, language, piece.site)))
    # What a piece's id says beyond that is the row of a table.
    row = piece.id.removeprefix(f"{named}_") if piece.id.startswith(f"{named}_") else ""
    return " ".join(filter(None, (piece.committee, piece.template, language, slot, piece.site, row)))
