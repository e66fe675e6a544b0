"""A layout that its limits end says why in the reader's language."""

from types import SimpleNamespace
from typing import Any

import pytest

from printkit.errors import TimeIsUp, WorkspaceError
from printkit.render.layout import render
from printkit.render.typeset import Typesetter
from printkit.words import translate
from printkit.work.limits import too_long


@pytest.mark.parametrize(
    ("error", "told"),
    [(TimeIsUp(too_long(2.5)), "det tok mer enn 2,5"), (MemoryError(), "for mye minne")],
    ids=["time", "memory"],
)
def test_an_end_is_told_in_the_readers_language(
    monkeypatch: pytest.MonkeyPatch, error: BaseException, told: str
) -> None:
    def of(_: object) -> None:
        raise error

    monkeypatch.setattr(Typesetter, "of", of)
    artwork: Any = SimpleNamespace(html_file="templates/t/page.html")
    with pytest.raises(WorkspaceError) as ended:
        render(artwork)
    (sentence,) = ended.value.sentences()
    assert told in translate("nb", "errors").say(sentence).replace("\u00a0", " ")
