from pikepdf import Dictionary, Name, Pdf

from printkit.content import Change, Context, Machine, Shared, State, Step, instruction, rewrite


def test_what_is_not_changed_stays(pdf: Pdf) -> None:
    content = b"q\n1 0 0 1 0.5 -3 cm\n/P <</A (b)>> BDC\n[(a) -20.5 <0102>] TJ\nEMC\nQ"
    assert rewrite(pdf.make_stream(content), _machine(), lambda step: None).split() == (
        b"q 1 0 0 1 0.5 -3 cm /P << /A (b) >> BDC [ (a) -20.5 <0102> ] TJ EMC Q".split()
    )


def test_state_goes_in_front_of_the_whole_path(pdf: Pdf) -> None:
    def visit(step: Step) -> Change | None:
        return Change(before=[instruction("gs", _name("/G"))]) if step.events else None

    stream = pdf.make_stream(b"1 0 0 RG 0 0 m 9 9 l S")
    assert rewrite(stream, _machine(), visit).split() == b"1 0 0 RG /G gs 0 0 m 9 9 l S".split()


def test_replaced_by_several_and_by_none(pdf: Pdf) -> None:
    def visit(step: Step) -> Change | None:
        return {
            "rg": Change(instead=[instruction("k", 0.1, 0.123456789, 1.0, 0.0)]),
            "MP": Change(instead=[]),
        }.get(step.operator)

    stream = pdf.make_stream(b"/A MP 1 0 0 rg")
    assert rewrite(stream, _machine(), visit) == b"0.1 0.12346 1 0 k"


def _machine() -> Machine:
    return Machine(Dictionary(), State(), Context(), Shared())


def _name(text: str) -> object:
    return Name(text)
