"""What a run that was asked for some pieces keeps of all others."""

from collections.abc import Collection

from printkit.batch.journal import Record, stamps
from printkit.batch.pictures import picture_files, picture_key
from printkit.batch.session import Session


def keep_others(session: Session, ids: Collection[str]) -> None:
    """Keep the pieces of these ids that still are what was written, with their pictures and reasons."""
    former = session.before.records.values()
    kept = {record.id for record in former if record.id in ids and _keep(session, record)}
    session.untouched |= {record.committee for record in former if record.id in kept}
    # A committee of which one piece was lost gets a new book
    session.untouched -= {record.committee for record in former if record.id not in kept}


def _keep(session: Session, record: Record) -> bool:
    written = record.written
    known = written and session.folder.known(written)
    if written and not known:
        return False
    state = "held" if record.held else "unchanged"
    update = {"state": state, "seconds": 0.0, **stamps(known)}
    session.now.add(record.model_copy(update=update))
    session.others.setdefault(record.layout, []).append(record.id)
    session.keep_extra(f"held/{record.committee}/{record.id}.json")
    for file in picture_files(record):
        session.has(file, picture_key(session, record))
    return True
