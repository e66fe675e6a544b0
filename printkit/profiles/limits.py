"""What work may cost: the check of one file, a job of a batch."""

from typing import Annotated

from pydantic import Field

from printkit.profiles.base import Model


class CheckLimits(Model):
    """The limits of a check: of time, of memory, and of what may be read of a file.

    Seconds are those of computing, in which a process that waits or is halted does nothing, except
    `hang_seconds`. `beside_seconds` is for the inventory, and again for a report's pictures: they never
    cost the verdict. Past `rule_seconds` a rule, or what rules share, is left; once all have taken
    `seconds`, each of the others has what is left of that, but at least `least_seconds`. Past
    `last_seconds` the check of a foreign file is ended from outside, as it is past `memory_mb`, or where
    it has not ended in `hang_seconds`. `operators` are those of a page,
    forms included; `elements` and `objects` those of the file; `stream_mb` is what one stream may grow to.
    """

    seconds: Annotated[float, Field(gt=0, description="seconds after which no further rule is begun")]
    rule_seconds: Annotated[float, Field(gt=0, description="seconds after which one rule is left")]
    least_seconds: Annotated[float, Field(gt=0, description="seconds of CPU that each rule has at least")]
    last_seconds: Annotated[
        float,
        Field(gt=0, description="seconds after which the check of a foreign file is ended from outside"),
    ]
    hang_seconds: Annotated[
        float, Field(gt=0, description="seconds of wall time after which a check that stands still is ended")
    ]
    beside_seconds: Annotated[
        float, Field(gt=0, description="seconds for the inventory, and again for a report's pictures")
    ]
    memory_mb: Annotated[
        int, Field(ge=200, description="megabytes that the check of a foreign file may take")
    ]
    stream_mb: Annotated[int, Field(ge=1, le=2000, description="megabytes that one stream may grow to")]
    operators: Annotated[int, Field(ge=1000, description="operators of a page, forms included")]
    elements: Annotated[int, Field(ge=1000, description="elements of the file")]
    objects: Annotated[int, Field(ge=1000, description="objects of the file")]


class TableLimits(Model):
    """What a table of pieces may be, before anything of it is made."""

    file_mb: Annotated[int, Field(ge=1, description="megabytes of its file")]
    unpacked_mb: Annotated[int, Field(ge=1, description="megabytes that an XLSX may unpack to")]
    rows: Annotated[int, Field(ge=1, description="rows that are not empty")]
    columns: Annotated[int, Field(ge=1, description="columns")]
    cell_characters: Annotated[int, Field(ge=1, description="characters of a cell")]


class ProofView(Model):
    """How a proof shows a piece from afar: small, as it looks to whoever holds the sheet at arm's length."""

    arm_m: Annotated[float, Field(gt=0, le=2, description="metres from the eye to the sheet")]
    afar_m: Annotated[
        tuple[float, ...],
        Field(min_length=1, description="metres to the piece, the first at which it fits on the sheet"),
    ]


class BatchLimits(Model):
    """What making a piece may cost, by `render` or as a job of a batch: a layout's first piece, some of
    its variants, or their pictures.

    Past `piece_seconds` of computing the process that has it is ended, and after `silent_seconds` in which
    nothing is heard of it; `bind_seconds` are for filling in one template. `worker_mb` is what the data of
    such a process may grow to.
    `start_seconds`, `layout_seconds` and `variant_seconds` are what a run is estimated by before it begins.
    """

    piece_seconds: Annotated[
        float, Field(gt=0, description="seconds of computing after which a piece that is made is ended")
    ]
    bind_seconds: Annotated[float, Field(gt=0, description="seconds of computing to fill in one template")]
    silent_seconds: Annotated[
        float, Field(gt=0, description="seconds after which a process is given up of which nothing is heard")
    ]
    worker_mb: Annotated[int, Field(ge=200, description="megabytes that a worker's data may grow to")]
    start_seconds: Annotated[float, Field(ge=0, description="estimate: until the workers are ready")]
    layout_seconds: Annotated[float, Field(gt=0, description="estimate: a layout, by one worker")]
    variant_seconds: Annotated[
        float, Field(gt=0, description="estimate: another site of a layout, by one worker")
    ]
    table: Annotated[TableLimits, Field(description="what a table of pieces may be")]
    proof: Annotated[
        ProofView | None, Field(description="how proofs show a piece from afar; without it they do not")
    ] = None
