"""A municipality's first workspace: sound, its own, all or nothing, and it prints."""

import datetime
import shutil
from pathlib import Path

import pypdfium2
import pytest
from click.testing import CliRunner
from pikepdf import Pdf

from printkit.batch.origin import campaign_origin
from printkit.batch.run import Run
from printkit.cli import main
from printkit.doctor.borrowed import borrowed, facts, untranslated
from printkit.doctor.languages import languages
from printkit.doctor.ordering import ordering
from printkit.errors import TableErrors, WorkspaceError, WorkspaceErrors
from printkit.profiles import load_profiles
from printkit.profiles.orders import load_order_profiles
from printkit.workspace import Snapshot, Workspace, bundled_workspace, start_workspace
from tests.starter.answers import ANSWERS, POLISH, TODAY
from tests.starter.conftest import Found
from tests.tiny_font import tiny_font


def test_a_workspace_has_the_municipalitys_own_words(own: Workspace) -> None:
    profiles = load_profiles(own)
    assert profiles.brand.name == "Gmina Jezioro Ciche"
    assert profiles.municipality.committee_in("en") == "district council"
    assert profiles.municipality.place_in("swietlica", "pl") == "świetlica"
    assert [one.name for one in profiles.committees.values()][3] == "Wzgórze św. Jana"
    assert profiles.campaigns["first"].pieces[0].languages == ("pl", "en")
    # Its table has no numbers, so none is made up for people.
    assert profiles.municipality.known_as(profiles.committees["c02"], "pl") == "Stary Port"


def test_kinds_of_places_wait_for_their_words_in_other_languages(own: Workspace, found: Found) -> None:
    assert load_profiles(own).municipality.places["przychodnia"] == {"pl": "przychodnia", "en": "przychodnia"}
    text = own.read_text("profiles/municipality.toml")
    assert 'pl = "przychodnia"\nen = "przychodnia"  # translate\n' in text
    (told,) = [one for one in untranslated(own) if "municipality.toml" in one.what]
    assert "3" in told.what
    # The program knows a word of its own in every language that it comes in.
    _, bare = found(places=None, language="nb", committee={"nb": "utval", "en": "council"}, languages=["nn"])
    assert load_profiles(bare).municipality.places == {"place": {"nb": "sted", "en": "place", "nn": "stad"}}
    assert list(untranslated(bare)) == []


def test_inks_are_proposed_for_each_paper_and_not_confirmed(own: Workspace) -> None:
    profiles = load_profiles(own)
    lake = profiles.brand.colors["jezioro"]
    assert not lake.confirmed
    assert lake.coated
    assert lake.coated != lake.uncoated
    # A dark blue with a little green is more cyan than magenta, and least yellow.
    assert lake.coated[0] > lake.coated[1] > lake.coated[2] > 0
    assert all(sum(lake.coated) <= press.ink_limit for press in profiles.presses.values())


def test_nothing_of_the_reference_municipality_goes_along(own: Workspace) -> None:
    assert list(borrowed(own)) == []
    known = [*facts(bundled_workspace()), "nærutvalg", "Norwegian", "Drammen", "recruit"]
    for file in own.files("**/*"):
        if not file.endswith((".ttf", ".icc")):
            text = own.read_text(file)
            assert [fact for fact in known if fact in text] == [], file


def test_fonts_and_colours_are_named_in_one_file(own: Workspace) -> None:
    named = [file for file in own.files("**/*") if file.endswith((".toml", ".css", ".html"))]
    assert [file for file in named if ".ttf" in own.read_text(file)] == ["profiles/brand.toml"]
    assert [file for file in named if "#0b5d7a" in own.read_text(file)] == ["profiles/brand.toml"]


def test_orders_can_begin_and_prices_are_told_as_open(own: Workspace) -> None:
    profiles = load_profiles(own)
    rules = load_order_profiles(own, profiles)
    assert (rules.rules.currency, rules.calendar.zone) == ("PLN", "Europe/Warsaw")
    assert [(one.level, one.area) for one in ordering(own, profiles, TODAY)] == [("unconfirmed", "prices")]
    for words in ("person add Anna anna@ciche.example --role admin", "orders list --as anna@ciche.example"):
        result = CliRunner().invoke(main, ["-w", str(own.root), *words.split(), "--json"])
        assert result.exit_code == 0, result.output


def test_a_workspace_without_a_calendar_says_what_ordering_needs(found: Found) -> None:
    _, own = found()
    own.path("profiles/calendar.toml").unlink()
    (told,) = ordering(own, load_profiles(own), TODAY)
    assert (told.level, "profiles/calendar.toml: is not there; ordering needs it" in told.what) == (
        "missing",
        True,
    )


ARABIC = {"headline": "مكانك", "lead": "قل لنا", "call": "شارك", "label": "مجلس", "scan": "امسح"}


def test_letters_that_the_brands_fonts_lack_come_from_those_of_their_script(
    found: Found, tmp_path: Path
) -> None:
    _, own = found(languages=["en", "ar"])
    texts = "".join(f'{key} = "{text}"\n' for key, text in ARABIC.items()) + 'points = ["قل"]\n'
    own.path("templates/notice/texts.ar.toml").write_text(texts, "utf-8")
    (told,) = [one for one in languages(own, load_profiles(own)) if one.area == "font"]
    assert (told.level, "no declared font has the letters of 'ar'" in told.what) == ("missing", True)
    assert "[scripts.Arab]" in told.todo
    own.path("assets/fonts/tiny.ttf").write_bytes(tiny_font("".join(map(chr, range(0x621, 0x64B))) + " "))
    named = "".join(f'{role} = "assets/fonts/tiny.ttf"\n' for role in ("head", "text", "strong"))
    brand = own.path("profiles/brand.toml")
    brand.write_text(f"{brand.read_text('utf-8')}\n[scripts.Arab]\n{named}", "utf-8")
    assert not [one for one in languages(own, load_profiles(own)) if one.area == "font"]
    command = (
        f"-w {own.root} render notice --committee c02 --format flyer-a5 --lang ar -o {tmp_path / 'a.pdf'}"
    )
    result = CliRunner().invoke(main, command.split())
    assert result.exit_code == 0, result.output
    page = pypdfium2.PdfDocument(tmp_path / "a.pdf")[0].get_textpage()
    assert "مكانك" in page.get_text_range()
    with Pdf.open(tmp_path / "a.pdf") as pdf:
        fonts = {str(one.BaseFont).partition("+")[2] for one in pdf.pages[0].Resources.Font.values()}
    assert "Brand-Head-Arab" in fonts


def test_texts_of_another_language_are_english_and_told(found: Found) -> None:
    founded, own = found()
    assert founded.untranslated == ("pl",)
    assert own.read_toml("templates/notice/texts.pl.toml")["headline"] == "Your place, your say"
    told = [one.what for one in untranslated(own)]
    assert "templates/notice/texts.pl.toml: not translated: lines 4, 5, 6, 7, 11" in told
    assert not any("texts.en" in one for one in told)


def test_dates_of_proofs_are_in_the_language_of_their_words(found: Found, tmp_path: Path) -> None:
    _, own = found(languages=["pl"])
    profiles, day = load_profiles(own), datetime.datetime(2027, 3, 1, tzinfo=datetime.UTC)
    origin = campaign_origin(own, profiles, profiles.campaigns["first"])
    run = Run(tmp_path / "out", Snapshot(own.root), profiles, origin, day, {})
    # No catalogue is in Polish: proofs and lists are in English.
    assert run.language.date(run.date, "year") == "1\u00a0March 2027"


@pytest.mark.parametrize("language", ["nb", "nn", "en"])
def test_languages_that_come_with_it_leave_nothing_to_translate(found: Found, language: str) -> None:
    founded, own = found(language=language, languages=[], committee="utval", places=None)
    assert founded.untranslated == ()
    assert list(untranslated(own)) == []
    assert load_profiles(own).municipality.committee == {language: "utval"}


def test_both_tables_are_told_at_once_and_leave_no_folder(found: Found, tmp_path: Path) -> None:
    for name, text in {"c.csv": "name;page\nA;x\n", "p.csv": "name;kind;committees\nB;;Z\n"}.items():
        (tmp_path / name).write_text(text)
    with pytest.raises(TableErrors) as caught:
        found(committees=str(tmp_path / "c.csv"), places=str(tmp_path / "p.csv"))
    assert [(one.row, one.column) for one in caught.value.problems] == [
        (2, "page"),
        (2, "kind"),
        (2, "committees"),
    ]
    assert caught.value.exit_code == 4
    assert not (tmp_path / "own").exists()


def test_a_mark_with_text_is_refused_with_its_cure(found: Found, tmp_path: Path) -> None:
    mark = tmp_path / "words.svg"
    mark.write_text('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text y="9">Bro</text></svg>')
    with pytest.raises(WorkspaceError) as caught:
        found(mark=str(mark))
    assert "words.svg: the mark: " in str(caught.value)
    assert "turn it into paths" in str(caught.value)
    assert not (tmp_path / "own").exists()


@pytest.mark.parametrize(
    ("changed", "complaint"),
    [
        ({"colors": {"lake": "blue"}}, "answers.toml: colors.lake: 'blue' is not a colour"),
        ({"language": "xx"}, "answers.toml: language: CLDR has no language 'xx'"),
        ({"committees": "none.csv"}, "none.csv: cannot be read"),
        ({"mark": "committees.csv"}, "committees.csv: the mark: "),
        ({"fonts": dict.fromkeys(("head", "text", "strong"), "places.csv")}, "the font is damaged"),
    ],
)
def test_answers_that_cannot_be_leave_no_folder(
    found: Found, tmp_path: Path, changed: dict[str, object], complaint: str
) -> None:
    with pytest.raises((WorkspaceError, WorkspaceErrors)) as caught:
        found(**changed)
    assert complaint in str(caught.value)
    assert not (tmp_path / "own").exists()


def test_a_committees_pieces_are_made_without_one_held(own: Workspace, tmp_path: Path) -> None:
    shutil.copytree(own.root, tmp_path / "own")
    (tmp_path / "own/templates/notice/texts.pl.toml").write_text(POLISH, encoding="utf-8")
    words = ["-w", str(tmp_path / "own"), "batch", "first", "--only", "committee=c03", "--no-proofs"]
    result = CliRunner().invoke(main, [*words, "-o", str(tmp_path / "out")])
    assert result.exit_code == 0, result.output
    made = sorted(path.name for path in (tmp_path / "out/press/c03").iterdir())
    assert len(made) == 8
    assert "c03_notice_flyer-a5_pl_przychodnia-mlynowka.pdf" in made
    assert ", Źródła;press/c03/" in (tmp_path / "out/distribution.csv").read_text("utf-8-sig")
    with Pdf.open(tmp_path / "out/press/c03" / made[0]) as pdf:
        fonts = {str(font.BaseFont)[8:] for font in pdf.pages[0].Resources.Font.values()}
    # Families of the style sheets, weights of the files that the brand names
    assert fonts == {"Brand-Head-Bold", "Brand-Strong-Semi-Bold"}


def test_texts_that_stayed_in_a_copy_of_the_reference_are_told(tmp_path: Path) -> None:
    start_workspace(tmp_path / "own")
    path = tmp_path / "own/profiles/brand.toml"
    assert any(one.what.startswith("profiles/brand.toml: ") for one in borrowed(Workspace(tmp_path / "own")))
    path.write_text(path.read_text("utf-8").replace("Drammen", "Stillevann"), encoding="utf-8")
    told = [one.what for one in borrowed(Workspace(tmp_path / "own"))]
    assert not any(what.startswith("profiles/brand.toml: ") for what in told)
    assert any("recruitment.toml" in what and "Bragernes" in what for what in told)
    assert list(borrowed(bundled_workspace())) == []
    assert ANSWERS["municipality"] not in facts(bundled_workspace())
