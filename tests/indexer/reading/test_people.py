"""Who put a name to a paper: in printed order, each once, with role and the places that tell of them."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.paper.model import Kamerstuk, PersonRole, ReadIn
from indexer.reading.kind_line import sender_of
from tests.indexer.papers import official_xml, read, read_page

END = "en gaat over tot de orde van de dag."
FIRST, WITH = PersonRole.FIRST_SUBMITTER, PersonRole.CO_SIGNER


def paper_of(
    kind_line: str, *lines: str, named: tuple[str, ...] = (), closing: str = "", title: str = "Zuidpoolzaken"
) -> Kamerstuk:
    """A paper with these lines of text; ``named`` stand in the metadata."""
    meta = "".join(f'<meta name="OVERHEIDop.indiener" content="{name}"/>' for name in named)
    text = official_xml("".join(f"<al>{line}</al>" for line in lines), meta=meta, closing=closing)
    text = text.replace("BRIEF VAN DE MINISTER VAN IJSZAKEN", kind_line).replace("Zuidpoolzaken", title)
    return read(text, "kst-91234-7.xml")


def signature(*names: str, function: str = "") -> str:
    office = f"<functie>{function}</functie>" if function else ""
    return f"<ondertekening>{office}{''.join(f'<naam><achternaam>{name}</achternaam></naam>' for name in names)}</ondertekening>"


def names_of(paper: Kamerstuk) -> list[str]:
    return [one.name for one in paper.people]


@pytest.mark.parametrize(
    ("kind_line", "closing", "expected"),
    [
        ("MOTIE VAN HET LID DE ZEE", ["De Zee"], ["De Zee"]),
        ("MOTIE VAN DE LEDEN VAN DER DUIN EN ZEE", ["Van der Duin", "Zee"], ["Van der Duin", "Zee"]),
        ("MOTIE VAN HET LID DUIN C.S.", ["Duin", "Fen van Zee", "De Schelp-van der Wad"], None),
        ("MOTIE VAN HET LID DUIN C.S", ["Duin", "El Strand"], None),
        ("GEWIJZIGDE MOTIE VAN DE LEDEN DUIN EN ZEE TER VERVANGING VAN DIE GEDRUKT ONDER NR. 5", ["Duin", "Zee"], None),
        ("NADER GEWIJZIGDE MOTIE VAN HET LID DUIN C.S. TER VERVANGING VAN DIE GEDRUKT ONDER NR. 5", ["Duin", "Zee"], None),
        ("MOTIE VAN WANTROUWEN VAN HET LID DUIN", ["Duin"], None),
        # The kind line leads, whatever the order below the text.
        ("MOTIE VAN DE LEDEN DUIN EN ZEE", ["Zee", "Duin", "Wad"], ["Duin", "Zee", "Wad"]),
        # Capitals, accents, letters of other languages: as the closing line spells them.
        ("MOTIE VAN DE LEDEN YILDIZ-ŞEN EN IJSBAAN", ["Yıldız-Şen", "IJsbaan"], ["Yıldız-Şen", "IJsbaan"]),
        ("MOTIE VAN HET LID GABRIELS", ["Gabriëls"], ["Gabriëls"]),
        ("MOTIE VAN HET LID D'ZEE", [], ["D'Zee"]),
        ("MOTIE VAN DE LEDEN DUIN/DE ZEE", [], ["Duin", "De Zee"]),
        ("MOTIE VAN HET LID DUIN EN C.S.", ["Duin", "Zee"], None),
        ("MOTIE VAN DE LEDEN DUIN, ZEE EN MEVROUW WAD", [], ["Duin", "Zee", "Wad"]),
        ("MOTIE VAN DE SENATOREN DUIN EN ZEE", [], ["Duin", "Zee"]),
        ("MOTIE VAN HET LID DUIN (GEWIJZIGD, WAS NR. 5)", [], ["Duin"]),
        # Two who share a surname, told apart by first names.
        ("MOTIE VAN DE LEDEN FEN VAN ZEE EN DIRK VAN ZEE", ["Fen van Zee", "Dirk van Zee"], None),
        # Misprinted kind lines.
        ("MOTIE VAN HET DE LEDEN DE ZEE EN DUIN", ["De Zee", "Duin"], None),
        ("MOTIE VAN DE HET LID DUIN C.S.", ["Duin", "Zee"], None),
        ("MOTIE VAN HET LIDVAN ZEE", ["Van Zee"], None),
        ("MOTIE DE LEDEN DUIN EN ZEE", ["Duin", "Zee"], None),
        ("MOTIE VAN HET DUIN C.S.", ["Duin", "Zee"], None),
        ("MOTIE VAN HET EL STRAND", ["El Strand"], None),
        ("MOTIE VAN ZEEŚ", ["Zeeś"], None),
        ("MOTIE VAN DUIN EN ZEE", ["Duin", "Zee"], None),
        ("MOTIE VAN DUIN", ["Van Duin"], ["Van Duin"]),
        ("MOTIE VAN DE ZEE EN DUIN", ["De Zee", "Duin"], None),
        ("MOTIE VAN DE DUIN", ["Duin"], None),
        ("MOTIE VAN", ["Duin", "Zee"], None),
        ("MOTIE", ["Duin"], None),
        ("MOTIE VAN DE LEDEN EN ZEE", ["Duin", "Zee"], None),
        ("MOTIE VAN HET LID FEN VAN ZE E", ["Fen van Zee"], None),
        ("MOTIE VAN DE LEDEN KNIL EN ZEE", ["Krul", "Zee"], ["Knil", "Zee", "Krul"]),
        ("MOTIE VAN DE LEDEN SHCELPEN EN ZEE", ["Schelpen", "Zee"], None),
        ("MOTIE VAN DE LEDEN SCHELP EN ZEE", ["Schel", "Zee"], ["Schelp", "Zee"]),
        # Slips in the closing lines.
        ("MOTIE VAN DE LEDEN DUIN, ZEE EN WAD", ["Duin,", "\\Zee", "Wad."], ["Duin", "Zee", "Wad"]),
        ("MOTIE VAN DE LEDEN DUIN, ZEE EN WAD", ["Duin, Zee en Wad"], ["Duin", "Zee", "Wad"]),
    ],
)
def test_submitters_of_a_motion(kind_line: str, closing: list[str], expected: list[str] | None) -> None:
    paper = paper_of(kind_line, "De Kamer,", END, *closing)
    assert names_of(paper) == (closing if expected is None else expected)
    assert [one.role for one in paper.people] == [FIRST, *[WITH] * (len(paper.people) - 1)]
    assert list(paper.submitters) == names_of(paper)
    assert paper.sections[0].text == "\n".join(["De Kamer,", END, *closing])


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["DUIN", "VAN ZEE"], ["Duin", "Van Zee"]),
        (["Duin Van Zee"], ["Duin", "Van Zee"]),
        (["Duin", "Van Zee", "Toelichting", "Dit gaat over zee."], ["Duin", "Van Zee"]),
        (["Duin", "Van Zee", "Wad", "1 Gewijzigd."], ["Duin", "Van Zee", "Wad"]),
        (["Zij wordt gesteund."], ["Duin", "Van Zee"]),
    ],
)
def test_closing_lines_in_other_forms(lines: list[str], expected: list[str]) -> None:
    paper = paper_of("MOTIE VAN DE LEDEN DUIN EN VAN ZEE", END, *lines)
    assert names_of(paper) == expected
    assert paper.sections[0].text == "\n".join([END, *lines])


def test_metadata_tells_initials_and_not_the_order() -> None:
    named = ("Z. (Zoë) van Zee", "A.B. Duin", "C. Wad", "Q. Extra")
    paper = paper_of("MOTIE VAN HET LID DUIN C.S.", END, "Duin", "Zoë van Zee", "Wad", named=named)
    assert names_of(paper) == ["A.B. Duin", "Z. (Zoë) van Zee", "C. Wad", "Q. Extra"]
    assert [one.as_printed for one in paper.people] == ["Duin", "Zoë van Zee", "Wad", "Q. Extra"]
    assert [one.role for one in paper.people] == [FIRST, WITH, WITH, WITH]
    assert [one.read_in for one in paper.people] == [
        (ReadIn.KIND_LINE, ReadIn.SIGNATURE, ReadIn.METADATA),
        (ReadIn.SIGNATURE, ReadIn.METADATA),
        (ReadIn.SIGNATURE, ReadIn.METADATA),
        (ReadIn.METADATA,),
    ]
    assert paper.submitters == ("A.B. Duin", "Zoë van Zee", "C. Wad", "Q. Extra")


@pytest.mark.parametrize(
    ("printed", "named", "expected"),
    [
        # What contradicts is of someone else; what may be of two is of neither.
        ("Fen van Zee", ["D. van Zee"], ["Fen van Zee", "D. van Zee"]),
        ("Zee", ["D. van Zee"], ["Zee", "D. van Zee"]),
        ("Van Zee", ["D. van Zee", "F. van Zee"], ["Van Zee", "D. van Zee", "F. van Zee"]),
        ("Duine", ["D. Duinen"], ["D. Duinen"]),
        ("Six Duinstra", ["J.P. Six Duinstra"], ["J.P. Six Duinstra"]),
        ("Drs. D. Duin", ["D. Duin"], ["D. Duin"]),
        ("El Strand", ["I. el Strand"], ["I. el Strand"]),
        ("Bos-Zee", ["A. Bos - Zee"], ["A. Bos - Zee"]),
    ],
)
def test_names_are_joined_where_it_is_plain(printed: str, named: list[str], expected: list[str]) -> None:
    assert names_of(paper_of("MOTIE", END, printed.removeprefix("Drs. "), named=tuple(named))) == expected


@pytest.mark.parametrize(
    ("kind_line", "expected"),
    [
        ("AMENDEMENT VAN HET LID DUIN C.S.", ["Duin", "Zee"]),
        ("NADER GEWIJZIGD AMENDEMENT VAN DE LEDEN DUIN (VVS) EN ZEE TER VERVANGING VAN DAT GEDRUKT ONDER NR. 9", ["Duin", "Zee"]),
        ("SUBAMENDEMENT VAN HET LID DUIN OP HET AMENDEMENT VAN HET LID WAD", ["Duin", "Zee"]),
        ("BRIEF VAN DE LEDEN DUIN EN ZEE", ["Duin", "Zee"]),
        ("INITIATIEFNOTA VAN HET LID DUIN OVER HET LID WAD", ["Duin", "Zee"]),
        ("VOORSTEL VAN WET VAN DE LEDEN DUIN EN ZEE TER BESCHERMING VAN DE KUST", ["Duin", "Zee"]),
        ("INITIATIEFVOORSTEL VAN DE LEDEN DUIN EN ZEE TOT NADERE INVULLING VAN DE WET", ["Duin", "Zee"]),
        ("VOORSTEL VAN WET VAN DE LEDEN DUIN EN ZEE TOT WIJZIGING VAN DE WET VAN HET LID WAD", ["Duin", "Zee"]),
    ],
)
def test_members_submit_other_papers_too(kind_line: str, expected: list[str]) -> None:
    paper = paper_of(kind_line, "Tekst.", closing=signature("Duin", "Zee"))
    assert [(one.name, one.role) for one in paper.people] == list(zip(expected, [FIRST, WITH], strict=True))
    plain = paper_of(kind_line, "Tekst.", "Duin", "Zee")
    assert names_of(plain) == expected


def test_the_name_that_tells_most_is_the_fullest() -> None:
    closing = signature("A.B.C. Duin", function="De Minister van Kust,")
    assert names_of(paper_of("BRIEF", "x", closing=closing, named=("A. Duin",))) == ["A.B.C. Duin"]
    closing = signature("A. (Anna) Duin", function="De Minister van Kust,")
    assert names_of(paper_of("BRIEF", "x", closing=closing, named=("A. Duin",))) == ["A. (Anna) Duin"]
    assert names_of(paper_of("MOTIE VAN HET LID FEN VAN ZEE", END, "Fen van Zee", named=("F. van Zee",))) == ["F. van Zee"]


def test_a_misprinted_name_is_joined_with_that_of_the_metadata() -> None:
    paper = paper_of("MOTIE VAN DE LEDEN SHCELPEN EN ZEE", END, "Schelpen", "Zee", named=("B. Zee", "A. Schelpen"))
    assert [(one.name, one.as_printed) for one in paper.people] == [("A. Schelpen", "Schelpen"), ("B. Zee", "Zee")]
    assert paper.people[0].read_in == (ReadIn.KIND_LINE, ReadIn.SIGNATURE, ReadIn.METADATA)


def test_a_party_in_print_is_told() -> None:
    paper = paper_of("MOTIE VAN DE LEDEN DUIN (VVS) EN ZEE (GROENZEE-PVDK)", END, "Duin", "Zee (GroenZee-PvdK)")
    assert [(one.name, one.party) for one in paper.people] == [("Duin", "VVS"), ("Zee", "GROENZEE-PVDK")]


def test_a_kind_line_names_senders_and_not_whom_the_title_names() -> None:
    for line in ("BRIEF VAN DE MINISTER VAN KUST OVER DE MOTIE VAN HET LID DUIN", "VERSLAG VAN DE VASTE COMMISSIE", "BRIEF"):
        assert sender_of(line).members == ()
    assert [one.name for one in sender_of("VERSLAG VAN DE RAPPORTEURS DUIN EN ZEE").members] == ["Duin", "Zee"]
    assert paper_of("VERSLAG VAN DE RAPPORTEURS DUIN EN ZEE", "x").people[0].role is PersonRole.RAPPORTEUR


@pytest.mark.parametrize(
    ("kind_line", "lines", "expected"),
    [
        ("MEMORIE VAN TOELICHTING", ["Dit is de tekst.", "Schelp-de Wad", "Duinen"], ["Schelp-de Wad", "Duinen"]),
        ("MEMORIE VAN TOELICHTING ZOALS GEWIJZIGD", ["De tekst.", "Van Schelp-van der Wad"], ["Van Schelp-van der Wad"]),
        ("NOTA NAAR AANLEIDING VAN HET VERSLAG", ["De tekst.", "Duinen"], ["Duinen"]),
        # No names: an address, a department, a heading, a word of the text, a sentence, too little text.
        ("MEMORIE VAN TOELICHTING", ["Volksgezondheid en sport, van het ministerie.", "Welzijn"], []),
        ("MEMORIE VAN TOELICHTING", ["Dit is de tekst.", "Den Haag"], []),
        ("MEMORIE VAN TOELICHTING", ["Hier gaat het over kosten.", "Kosten"], []),
        ("MEMORIE VAN TOELICHTING", ["Dit is de tekst.", "Tekst."], []),
        ("MEMORIE VAN TOELICHTING", ["Duinen"], []),
        ("MEMORIE VAN TOELICHTING", ["Dit is de tekst zonder eind", "Duinen"], []),
        ("BRIEF VAN HET PRESIDIUM", ["Dit is de tekst.", "Duinen"], []),
        ("VOORSTEL VAN WET", ["Dit is de tekst.", "Gegeven"], []),
        ("MOTIE VAN HET LID WELZIJN", ["De Kamer,", END, "Welzijn"], ["Welzijn"]),
    ],
)
def test_the_last_lines_of_a_paper_are_names_only_where_something_says_so(
    kind_line: str, lines: list[str], expected: list[str]
) -> None:
    paper = paper_of(kind_line, *lines)
    assert [one.name for one in paper.signatories] == expected
    assert paper.sections[0].text.split("\n") == lines


def test_what_the_dossier_or_the_metadata_names_confirms_closing_lines() -> None:
    title = "Voorstel van wet van de leden Duin en Zee tot wijziging van de Zeewet"
    paper = paper_of("MEMORIE VAN TOELICHTING", "Duin en zee.", "Duin", "Zee", title=title)
    assert [(one.name, one.role) for one in paper.people] == [("Duin", FIRST), ("Zee", WITH)]
    paper = paper_of("VERSLAG", "Tekst.", "Duin", named=("A. Duin",))
    assert [(one.name, one.as_printed) for one in paper.people] == [("A. Duin", "Duin")]


def test_who_proposes_a_bill_is_not_the_minister_who_is_to_sign_it() -> None:
    title, closing = "Voorstel van wet van het lid Duin tot invoering van de Zeewet", signature(function="De Minister van Kust,")
    paper = paper_of("VOORSTEL VAN WET", "Tekst.", closing=closing, named=("A. Duin",), title=title)
    assert [(one.name, one.role, one.office) for one in paper.people] == [
        ("A. Duin", FIRST, ""), ("", PersonRole.MINISTER, "Minister van Kust"),
    ]  # fmt: skip
    paper = paper_of("VOORSTEL VAN WET", "Tekst.", closing=closing, named=("A. Duin",))
    assert [(one.name, one.role, one.office) for one in paper.people] == [("A. Duin", PersonRole.MINISTER, "Minister van Kust")]


def test_the_king_signs_his_message() -> None:
    lines = ["Wij bieden U een voorstel van wet aan.", *["Tekst."] * 5, "Wassenaar, 3 juni 2031", "Willem-Alexander"]
    paper = paper_of("KONINKLIJKE BOODSCHAP", *lines)
    assert [(one.name, one.role) for one in paper.people] == [("Willem-Alexander", PersonRole.SIGNATORY)]


def test_an_office_is_nobody_s_name() -> None:
    closing = signature(function="De Minister van Kust,") + signature(function="De Staatssecretaris van Water,")
    paper = paper_of("VOORSTEL VAN WET", "Tekst.", closing=closing)
    assert [(one.name, one.office) for one in paper.people] == [("", "Minister van Kust"), ("", "Staatssecretaris van Water")]


def test_offices_in_words_are_those_of_the_names_beside_them() -> None:
    lines = ["Tekst.", "De voorzitter van de vaste commissie,", "Duin", "De adjunct-griffier van de commissie, Van Zee"]
    paper = paper_of("VERSLAG VAN DE VASTE COMMISSIE VOOR ZEE", *lines)
    assert [(one.name, one.role, one.office) for one in paper.people] == [
        ("Duin", PersonRole.CHAIR, "voorzitter van de vaste commissie"),
        ("Van Zee", PersonRole.CLERK, "adjunct-griffier van de commissie"),
    ]
    lines = ["Tekst.", "Fungerend voorzitter van de commissie,", "Duin", "Adjunct-griffier van de commissie,", "Van Zee"]
    assert [one.role for one in paper_of("LIJST VAN VRAGEN", *lines).people] == [PersonRole.CHAIR, PersonRole.CLERK]
    paper = paper_of("ADVIES RAAD VAN STATE", "Tekst.", "De vice-president van de Raad van State,", "Th.C. Duin")
    assert [(one.name, one.office) for one in paper.people] == [("Th.C. Duin", "vice-president van de Raad van State")]
    marked = signature("Duin", function="De voorzitter,") + signature("Van Zee", function="De griffier,")
    assert [one.role for one in paper_of("VERSLAG", "x", closing=marked).people] == [PersonRole.CHAIR, PersonRole.CLERK]


def test_an_office_that_kind_line_and_signature_print_is_one() -> None:
    line = "BRIEF VAN DE MINISTER VAN ZEE EN WAD EN DE STAATSSECRETARIS VAN DUIN"
    one = signature("A. Berg", function="De Minister van Zee en Wad,")
    both = one + signature("B. Dal", function="De Staatssecretaris van Duin,")
    assert [(p.name, p.office) for p in paper_of(line, "x", closing=both, named=("B. Dal", "A. Berg")).ministers] == [
        ("A. Berg", "Minister van Zee en Wad"), ("B. Dal", "Staatssecretaris van Duin"),
    ]  # fmt: skip
    # Whom the kind line names besides sent the letter too; the metadata may tell who that is.
    named = [("A. Berg", "Minister van Zee en Wad"), ("B. Dal", "Staatssecretaris van Duin")]
    assert [(p.name, p.office) for p in paper_of(line, "x", closing=one, named=("B. Dal", "A. Berg")).ministers] == named
    assert [(p.name, p.office) for p in paper_of(line, "x", closing=one).ministers] == [named[0], ("", named[1][1])]
    other_words = signature("A. Berg", function="De Minister van ZW,")
    assert len(paper_of("BRIEF VAN DE MINISTER VAN ZEE EN WAD", "x", closing=other_words).ministers) == 1


def test_one_person_in_two_offices_is_there_twice() -> None:
    twice = signature("A. Berg", function="De Minister van Zee,") + signature("A. Berg", function="De Minister van Duin,")
    paper = paper_of("BRIEF", "x", closing=twice * 2, named=("A. Berg",))
    assert [(one.name, one.office) for one in paper.people] == [("A. Berg", "Minister van Zee"), ("A. Berg", "Minister van Duin")]


def test_a_function_without_a_name_is_no_signatory() -> None:
    closing = signature(function="De Minister van Zee,")
    paper = paper_of("BRIEF VAN DE MINISTER VAN ZEE", "Tekst.", closing=closing)
    assert (paper.signatories, [(one.name, one.office) for one in paper.ministers]) == ((), [("", "Minister van Zee")])
    assert paper.sections[0].text == "Tekst.\nDe Minister van Zee,"
    director = paper_of("BRIEF", "Tekst.", closing=signature(function="De directeur,"))
    assert (director.people, director.sections[0].text) == ((), "Tekst.\nDe directeur,")


def test_names_end_a_page_like_a_file_of_xml() -> None:
    top = '<div class="stuk"><h1 class="stuktitel"><span class="stuknummer">Nr. 7</span> MOTIE VAN HET LID DUIN C.S.</h1>'
    paper = read_page(f'<p>De Kamer,</p><p>{END}</p><div class="alineagroep"><p>Duin</p><p>Fen van Zee</p></div>', top=top)
    assert paper.people == paper_of("MOTIE VAN HET LID DUIN C.S.", "De Kamer,", END, "Duin", "Fen van Zee").people


@given(
    st.lists(st.sampled_from(["Duin", "Van Zee", "Fen van Zee", "C.S.", "EN", "(VVS)", "De", "12", "Minister", "é"]), max_size=9)
)
def test_no_kind_line_is_an_error(words: list[str]) -> None:
    line = " ".join(words)
    for start in ("MOTIE VAN DE LEDEN", "BRIEF VAN HET LID", "MOTIE", ""):
        paper = paper_of(f"{start} {line.upper()}", END, line or "x", named=tuple(words))
        found = [(one.name, one.office) for one in paper.people]
        assert len(found) == len(set(found))
        assert all(one.name for one in paper.people)


@pytest.mark.parametrize("part", ["DUIN EN ", "EN ", "VAN ", "A. ", "DE LEDEN ", "C.S. ", "(", ", ", "X"])
def test_kind_lines_of_any_length_take_little_time(part: str) -> None:
    began = time.process_time()
    paper_of("MOTIE VAN DE LEDEN " + part * 20_000, END, *("Zee Duin" for _ in range(5_000)))
    paper_of("MOTIE", END, *(f"A.{i % 7}B. Duin" for i in range(5_000)), *("Duin" for _ in range(5_000)))
    assert time.process_time() - began < 30
