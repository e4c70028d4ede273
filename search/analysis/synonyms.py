"""What parliament calls the same thing: abbreviations, ministries, changed names. Used for weaker matches, and told.

The table is curated. An abbreviation that is also a common word (``OM``, ``IS``) stands in it in capitals, and is meant by these.
Words are compared by the stems of their tokens, so that plurals are found too, and every way to write them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache

from search.analysis.chain import Token, tokenize
from search.analysis.everyday import ALIKE, WIDER
from search.analysis.shorthand import ORDINALS, in_capitals

SAME: tuple[tuple[str, ...], ...] = (
    # the Staten-Generaal and its papers
    ("tweede kamer", "tk"),
    ("eerste kamer", "ek", "senaat"),
    ("memorie van toelichting", "mvt"),
    ("memorie van antwoord", "mva"),
    ("nota naar aanleiding van het verslag", "nnavv"),
    ("nota van wijziging", "nvw"),
    ("algemene maatregel van bestuur", "amvb"),
    ("algemeen overleg", "ao"),
    ("wetgevingsoverleg", "wgo"),
    ("ter vervanging van", "tvv"),
    ("wetsvoorstel", "voorstel van wet"),
    ("kamervraag", "schriftelijke vraag"),
    # ministries
    ("algemene zaken", "az"),
    ("buitenlandse zaken", "bz", "buza"),
    ("buitenlandse handel en ontwikkelingssamenwerking", "bhos"),
    ("binnenlandse zaken en koninkrijksrelaties", "bzk"),
    ("volkshuisvesting en ruimtelijke ordening", "vro"),
    ("justitie en veiligheid", "jenv"),
    ("veiligheid en justitie", "venj"),
    ("asiel en migratie", "aenm"),
    ("onderwijs cultuur en wetenschap", "ocw"),
    ("infrastructuur en waterstaat", "ienw"),
    ("infrastructuur en milieu", "ienm"),
    ("verkeer en waterstaat", "venw"),
    ("volkshuisvesting ruimtelijke ordening en milieubeheer", "vrom"),
    ("economische zaken en klimaat", "ezk"),
    ("klimaat en groene groei", "kgg"),
    ("landbouw natuur en voedselkwaliteit", "lnv"),
    ("landbouw visserij voedselzekerheid en natuur", "lvvn"),
    ("sociale zaken en werkgelegenheid", "szw"),
    ("volksgezondheid welzijn en sport", "vws"),
    # services and bodies
    ("autoriteit consument en markt", "acm"),
    ("autoriteit financiele markten", "afm"),
    ("algemene inlichtingen en veiligheidsdienst", "aivd"),
    ("militaire inlichtingen en veiligheidsdienst", "mivd"),
    ("centraal bureau voor de statistiek", "cbs"),
    ("centraal orgaan opvang asielzoekers", "coa"),
    ("centraal planbureau", "cpb"),
    ("de nederlandsche bank", "dnb"),
    ("dienst uitvoering onderwijs", "duo"),
    ("europese centrale bank", "ecb"),
    ("fiscale inlichtingen en opsporingsdienst", "fiod"),
    ("inspectie gezondheidszorg en jeugd", "igj"),
    ("koninklijke marechaussee", "kmar"),
    ("nationaal coordinator terrorismebestrijding en veiligheid", "nctv"),
    ("nederlandse zorgautoriteit", "nza"),
    ("nederlandse voedsel en warenautoriteit", "nvwa"),
    ("planbureau voor de leefomgeving", "pbl"),
    ("rijksdienst voor ondernemend nederland", "rvo"),
    ("rijksinstituut voor volksgezondheid en milieu", "rivm"),
    ("sociaal en cultureel planbureau", "scp"),
    ("sociale verzekeringsbank", "svb"),
    ("sociaal economische raad", "ser"),
    ("uitvoeringsinstituut werknemersverzekeringen", "uwv"),
    ("vereniging van nederlandse gemeenten", "vng"),
    ("interprovinciaal overleg", "ipo"),
    ("adviescollege toetsing regeldruk", "atr"),
    ("openbaar ministerie", "OM"),
    ("islamitische staat", "IS", "isis", "daesh"),
    ("europese unie", "eu"),
    ("verenigde naties", "vn"),
    ("verenigde staten", "vs"),
    ("verenigd koninkrijk", "vk"),
    ("noord atlantische verdragsorganisatie", "navo", "nato"),
    # laws and rules
    ("algemene wet bestuursrecht", "awb"),
    ("algemene verordening gegevensbescherming", "avg"),
    ("burgerlijk wetboek", "bw"),
    ("wet langdurige zorg", "wlz"),
    ("wet maatschappelijke ondersteuning", "wmo"),
    ("zorgverzekeringswet", "zvw"),
    ("europees verdrag voor de rechten van de mens", "evrm"),
    ("wet open overheid", "woo"),
    ("wet openbaarheid van bestuur", "wob"),
    ("wet werk en zekerheid", "wwz"),
    ("werkloosheidswet", "ww"),
    # taxes and social security
    ("omzetbelasting", "btw", "belasting over de toegevoegde waarde"),
    ("belasting van personenautos en motorrijwielen", "bpm"),
    ("motorrijtuigenbelasting", "mrb", "wegenbelasting"),
    ("vennootschapsbelasting", "vpb"),
    ("onroerendezaakbelasting", "ozb"),
    ("algemene ouderdomswet", "aow"),
    ("wet werk en inkomen naar arbeidsvermogen", "wia"),
    # society
    ("zelfstandige zonder personeel", "zzp", "zzp'er"),
    ("midden en kleinbedrijf", "mkb"),
    ("openbaar vervoer", "ov"),
    ("geestelijke gezondheidszorg", "ggz"),
    ("middelbaar beroepsonderwijs", "mbo"),
    ("hoger beroepsonderwijs", "hbo"),
    ("primair onderwijs", "basisonderwijs"),
    ("buitengewoon opsporingsambtenaar", "boa"),
    ("bruto binnenlands product", "bbp"),
    ("kunstmatige intelligentie", "ai", "artificiele intelligentie"),
    ("informatie en communicatietechnologie", "ict"),
    ("publiek private samenwerking", "pps"),
    ("maatschappelijke kosten batenanalyse", "mkba"),
    ("persoonsgebonden budget", "pgb"),
    ("alleenstaande minderjarige vreemdeling", "amv"),
    ("per en polyfluoralkylstoffen", "pfas"),
    ("voltijdequivalent", "fte"),
    ("'s-gravenhage", "den haag"),
    ("'s-hertogenbosch", "den bosch"),
    ("corona", "covid-19", "covid", "covid19"),
    ("minister president", "premier"),
)
"""Each stands for each of its row."""

ALSO: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("bewindspersoon", ("minister", "staatssecretaris")),
    ("min van", ("minister van",)),
    ("stas", ("staatssecretaris",)),
    ("staatss", ("staatssecretaris",)),
    ("kabinet", ("regering",)),
    ("regering", ("kabinet",)),
    ("volksvertegenwoordiger", ("kamerlid",)),
    ("immigratie en naturalisatiedienst", ("ind",)),
    ("autoriteit persoonsgegevens", ("ap",)),
    ("nav", ("nota naar aanleiding van het verslag",)),
    ("wob", ("woo",)),
    ("ez", ("economische zaken",)),
    ("economische zaken", ("ez",)),
    ("lnv", ("lvvn",)),
    ("lvvn", ("lnv",)),
    ("venj", ("jenv",)),
    ("ienm", ("ienw",)),
    ("fin", ("financien",)),
)
"""The first is also found by the others, and not the other way round."""


@dataclass(frozen=True, slots=True)
class Expression:
    """A word or words that mean something together; ``stems`` are those of its tokens, next to each other."""

    text: str
    stems: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> Expression:
        """The expression of a text; an abbreviation that is also a word is meant by its capitals."""
        tokens = tokenize(text)
        return cls(text, stems_in(token for token in tokens if not in_capitals(text) or token.text == text))


def stems_in(tokens: Iterable[Token]) -> tuple[str, ...]:
    """One stem for each position: that of the first token that stands there alone, of an abbreviation that without its dots."""
    by_position: dict[int, Token] = {}
    for token in tokens:
        before = by_position.get(token.position)
        if token.width == 1 and (before is None or token.text == before.text.replace(".", "")):
            by_position[token.position] = token
    return tuple(token.stem for token in by_position.values())


def synonyms_of(stems: tuple[str, ...]) -> tuple[Expression, ...]:
    """What else words with these stems, next to each other, may be called; empty for most words.

    >>> [one.text for one in synonyms_of(Expression.of("bewindspersonen").stems)]
    ['minister', 'staatssecretaris']
    """
    return _table().get(stems, ())


def longest() -> int:
    """The number of words of the longest expression that has synonyms."""
    return max(map(len, _table()))


@cache
def _table() -> dict[tuple[str, ...], tuple[Expression, ...]]:
    table: dict[tuple[str, ...], dict[Expression, None]] = {}
    for expression, synonym in _pairs():
        table.setdefault(Expression.of(expression).stems, {})[Expression.of(synonym)] = None
    return {stems: tuple(synonyms) for stems, synonyms in table.items()}


def _pairs() -> Iterator[tuple[str, str]]:
    rows = (*SAME, *ALIKE, *((f"{word} lid", f"lid {number}") for word, number in ORDINALS))
    for row in rows:
        yield from ((one, other) for one in row for other in row if one != other)
    for expression, others in (*ALSO, *WIDER):
        yield from ((expression, other) for other in others)
