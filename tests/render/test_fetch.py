"""Nothing outside the workspace is read, nothing is fetched, every failure names the address."""

import pytest
from PIL import Image

from printkit.errors import SlotErrors, WorkspaceError, WorkspaceErrors
from tests.template.stage import Stage

ERRORS = (WorkspaceError, WorkspaceErrors)
SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10">{}</svg>'


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ('<img src="http://example.org/x.png">', "http://example.org/x.png"),
        ('<img src="ftp://example.org/x.png">', "ftp://example.org/x.png"),
        ('<img src="//example.org/x.png">', "example.org/x.png"),
        ('<img src="file:///etc/passwd">', "etc/passwd"),
        ('<img src="../../../../../../etc/passwd">', "etc/passwd"),
        ('<img src="%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd">', "passwd"),
        ('<img src="/assets/none.png">', "assets/none.png"),
        ('<img src="/profiles/brand.toml">', "profiles/brand.toml"),
        ('<link rel="stylesheet" href="none.css">', "templates/try/none.css"),
        ('<link rel="stylesheet" href="https://example.org/x.css">', "https://example.org/x.css"),
        ('<p style="background: url(http://example.org/b.png)">x</p>', "http://example.org/b.png"),
        (
            '<p style="list-style: url(/none.png)"></p><ul><li style="list-style-image: url(/n.png)">x</ul>',
            "n.png",
        ),
        (
            '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><image width="9" height="9" href="http://example.org/i.png"/></svg>',
            "example.org/i.png",
        ),
        (
            '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><use href="http://example.org/i.svg#a"/></svg>',
            "example.org/i.svg",
        ),
        ('<img src="data:text/html;base64,PGI+">', "the address data:text/html;base64,... holds no picture"),
        ('<img src="data:;base64,iVBORw0KGgo=">', "data:;base64,... holds no picture that is read; save it"),
        ('<img src="DATA:image/png,xyz">', "the address DATA:image/png,... holds no picture that is read"),
        ('<img src="data:image/png;base64,AAAA">', "not a picture"),
        ('<img src="/assets/fonts/SourceSans3-Bold.ttf">', "SourceSans3-Bold.ttf' is no picture"),
        ('<img src="page.css">', "'templates/try/page.css' is no picture; name one that is"),
        ('<base href="http://example.org/"><img src="x.png">', "example.org/x.png"),
        ('<base href="http://[x"><img src="x.png">', "the address http://[x lies outside"),
        ('<img src="http://[x">', "the address http://[x lies outside"),
        ('<p style="background: url(//a\u2100b/x.png)">x</p>', "lies outside the workspace"),
        ('<link rel="attachment" href="/profiles/brand.toml">', "brand.toml"),
    ],
)
def test_addresses_in_html_are_named(stage: Stage, markup: str, words: str) -> None:
    stage.page(markup)
    with pytest.raises(ERRORS) as caught:
        stage.render()
    assert words in str(caught.value)


def test_a_picture_of_a_kind_that_is_not_read_is_told_with_what_to_save_it_as(stage: Stage) -> None:
    Image.new("RGB", (9, 9)).save(stage.root / "assets/x.gif")
    stage.page('<img src="/assets/x.gif">')
    with pytest.raises(WorkspaceError, match="save a picture as PNG or JPEG, a drawing as SVG"):
        stage.render()


@pytest.mark.parametrize(
    "rule",
    [
        ".page { background: url(http://example.org/x.png) }",
        ".page { background: url(/assets/x.png) }",
        ".title::before { content: url(http://example.org/x.png) }",
        ".page { border-image-source: url(http://example.org/x.png) }",
    ],
)
def test_addresses_in_css_are_named(stage: Stage, rule: str) -> None:
    stage.css(rule)
    with pytest.raises(ERRORS, match=r"example.org/x.png|assets/x.png"):
        stage.render()


def test_imports_in_css_stay_inside(stage: Stage) -> None:
    stage.write("templates/try/page.css", '@import "http://example.org/x.css";')
    with pytest.raises(WorkspaceError, match=r"templates/try/page.css: .*example.org/x.css"):
        stage.render()


@pytest.mark.parametrize(
    ("drawing", "words"),
    [
        ("<script>1</script>", "script"),
        ('<image href="http://example.org/x.png"/>', "href"),
        ("<text>x</text>", "turn it into paths"),
        ("<path", "not well-formed"),
    ],
)
def test_a_drawing_that_is_more_is_named(stage: Stage, drawing: str, words: str) -> None:
    stage.write("assets/x.svg", SVG.format(drawing))
    stage.page('<img src="/assets/x.svg">')
    with pytest.raises(WorkspaceError, match=rf"assets/x.svg: .*{words}"):
        stage.render()


def test_a_link_out_of_the_workspace_is_refused(
    stage: Stage, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "x.png"
    Image.new("RGB", (900, 900)).save(outside)
    (stage.root / "assets/x.png").symlink_to(outside)
    stage.page('<img src="/assets/x.png">')
    with pytest.raises(WorkspaceError, match="leaves the workspace"):
        stage.render()


def test_a_damaged_picture_is_named(stage: Stage) -> None:
    Image.effect_noise((300, 300), 80).save(stage.root / "assets/x.png")
    content = (stage.root / "assets/x.png").read_bytes()
    (stage.root / "assets/x.png").write_bytes(content[: len(content) // 2])
    stage.page('<img src="/assets/x.png" style="width: 10mm">')
    with pytest.raises(WorkspaceError, match=r"assets/x.png: .*damaged"):
        stage.render()


def test_a_picture_with_too_few_pixels_is_named_with_its_slot(stage: Stage) -> None:
    manifest = (stage.root / "templates/try/template.toml").read_text()
    stage.write(
        "templates/try/template.toml",
        manifest.replace("[slots.qr]", "[slots.photo]\nkind='image'\nlabel='x'\n[slots.qr]"),
    )
    Image.new("RGB", (100, 100)).save(stage.root / "assets/x.png")
    stage.page('<img src="{{ photo.src }}" style="top: 150mm; width: 50mm; height: 40mm; object-fit: cover">')
    with pytest.raises(SlotErrors, match=r"slot 'photo'.*51 ppi at 50 x 50 mm"):
        stage.render(photo="assets/x.png")
    stage.page('<img src="{{ photo.src }}" style="top: 150mm; width: 5mm; height: 4mm; object-fit: cover">')
    assert stage.render(photo="assets/x.png").pages == 2


def test_pixels_of_backgrounds_count_too(stage: Stage) -> None:
    Image.new("RGB", (100, 100)).save(stage.root / "assets/x.png")
    stage.page("<p></p>")
    stage.css(".page { background: url(/assets/x.png); background-size: cover }")
    with pytest.raises(WorkspaceErrors, match="ppi"):
        stage.render()


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (".title { colour: red }", r"page.css: line \d+: Ignored `colour: ?red ?` unknown property"),
        (".title { color: }", "line"),
        (".title:hoover { color: red }", "selector"),
        (".title { color: var(--brand-x) }", r"page.css: line \d+: var\(--brand-x\)"),
        ("@font-face { font-family: Y }", "src"),
        ("@media nonsense and { }", "media"),
    ],
)
def test_css_that_would_be_ignored_is_an_error(stage: Stage, rule: str, words: str) -> None:
    stage.css(rule)
    with pytest.raises(ERRORS, match=words):
        stage.render()


def test_css_in_html_is_checked_too(stage: Stage) -> None:
    stage.page('<p style="colour: red">x</p>')
    with pytest.raises(WorkspaceErrors, match=r"templates/try/page.html"):
        stage.render()


def test_an_error_in_an_imported_sheet_names_that_sheet(stage: Stage) -> None:
    stage.write("templates/base/base.css", "\np { colour: red }")
    own = (stage.root / "templates/try/page.css").read_text()
    stage.write("templates/try/page.css", '@import "../base/base.css";\n' + own + "p { hight: 2mm }")
    with pytest.raises(WorkspaceErrors, match=r"templates/base/base.css: line 2: Ignored `colour"):
        stage.render()


def test_an_import_in_a_comment_is_none(stage: Stage) -> None:
    stage.write("templates/base/base.css", "p { colour: red }")
    stage.css('/* @import "../base/base.css"; */')
    assert stage.render().pages == 2
