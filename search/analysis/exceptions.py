"""Words that stand outside the rules: those that are never inflected, and those about which the dictionary is wrong.

Everything is folded. Nothing stands here that a rule or the dictionary explains, and each table is of one kind.
"""

from __future__ import annotations

UNINFLECTED = frozenset((
    "aan", "aangaande", "acht", "achter", "achteraf", "achtste", "al", "alle", "alleen", "allen", "alles", "als", "alsnog",
    "alsof", "altijd", "anders", "behalve", "beide", "beiden", "ben", "beneden", "bij", "binnen", "blijkens", "boven",
    "bovendien", "buiten", "daar", "dan", "dat", "de", "den", "der", "derde", "derhalve", "des", "desondanks", "deze", "dezelfde",
    "dezen", "die", "diens", "dit", "doch", "door", "doorgaans", "drie", "dus", "echter", "een", "eens", "eerst", "eerste",
    "elf", "elfde",
    "elk", "elkaar", "elke", "en", "enige", "enkel", "enkele", "er", "ergens", "eveneens", "evenmin", "gans", "gedurende", "geen",
    "genoeg", "geweest", "haar", "hare", "heden", "heen", "hem", "hen", "het", "hetgeen", "hetzelfde", "hier", "hij", "hoe",
    "hoeverre", "hoogstens", "hun", "ieder", "iedere", "iedereen", "iemand", "iets", "ik", "immers", "in", "indien", "inzake",
    "is", "jegens", "jij", "jou", "jouw", "jullie", "laatste", "langs", "meer", "meest", "meeste", "men", "met", "middels", "mij",
    "mijn", "min", "minder", "minst", "minste", "minstens", "mits", "na", "naar", "naast", "nabij", "nadat", "namelijk", "negen",
    "negende", "nergens", "niemand", "niet", "niets", "nieuws", "nimmer", "noch", "nog", "nooit", "nu", "of", "ofwel", "om",
    "omdat", "omtrent", "ondanks", "onder", "ons", "onze", "ooit", "ook", "op", "opdat", "over", "overigens", "per", "reeds",
    "rond", "rondom", "samen", "sedert", "sinds", "slechts", "sommige", "soms", "steeds", "te", "tegemoet", "tegen", "telkens",
    "ten", "teniet", "tenzij", "ter", "terecht", "terwijl", "tevens", "thans", "tien", "tiende", "tijdens", "toch", "toe", "toen",
    "tot", "totdat", "trots", "tussen", "twaalf", "twaalfde", "twee", "tweede", "uit", "uiterlijk", "vaak", "van", "vanaf",
    "vanuit", "vanwege", "veel", "vele", "velen", "verder", "verdere", "vervolgens", "via", "vier", "vierde", "vijf", "vijfde",
    "vol", "volgens", "voor", "vooraf", "vooral", "voorbij", "voordat", "voort", "voorts", "waar", "wanneer", "want", "waren",
    "was", "wat", "weer", "wegens", "weinig", "wel", "welk", "welke", "wie", "wiens", "wier", "wij", "ze", "zeer", "zelden",
    "zelf", "zelfs", "zes", "zesde", "zeven", "zevende", "zich", "zichzelf", "zij", "zijn", "zo", "zoals", "zodat", "zodra",
    "zonder", "zowel", "zulk", "zulke", "zullen",
))  # fmt: skip
"""Articles, pronouns, prepositions, conjunctions and adverbs, numerals, and the verb to be: each is its own stem and
nobody else's. Which words hold a query together is another matter (``search.asking.FUNCTION_WORDS``)."""

_MEANT = {
    "aten": "eten",
    "gave": "geven",
    "gaven": "geven",
    "geboden": "bieden",
    "gevallen": "geval",
    "gewassen": "gewas",
    "klassen": "klas",
    "las": "lezen",
    "leden": "lid",
    "lieden": "man",
    "namen": "naam",
    "overwegen": "overwegen",
    "verbod": "verbieden",
    "verslagen": "verslag",
    "wijst": "wijzen",
    "wijzen": "wijzen",
}
"""Forms of two words, or of one whose forms are also those of another: the one that papers mean. *Leden* are members and nobody
suffered, *verslagen* are reports and nobody is beaten, *verboden* are acts that are forbidden as well as bans."""

_APART = {
    "data": "data",
    "gegevens": "gegevens",
    "geleerde": "geleerde",
    "geleerden": "geleerde",
    "gepaard": "gepaard",
    "gevangene": "gevangene",
    "gevangenen": "gevangene",
    "goederen": "goederen",
    "media": "media",
    "omgekeerd": "omgekeerd",
    "omgekeerde": "omgekeerd",
    "ouder": "ouder",
    "verkeerd": "verkeerd",
    "verkeerde": "verkeerd",
}
"""Forms that have a meaning of their own: data are no dates, media no mediums, and an *ouder* is a parent rather than older."""

_MISTAKEN = {
    "bewindslieden": "bewindspersoon",
    "einddata": "einddatum",
    "ideele": "ideeel",
    "ingangsdata": "ingangsdatum",
    "kabinetsleden": "kabinetslid",
    "vakman": "vakman",
}
"""Forms that the dictionary gives to a word that nobody writes, or does not know."""

LEMMAS = _MEANT | _APART | _MISTAKEN
"""Forms with their lemma, where the dictionary gives another."""

NAMES = frozenset((
    "aken", "alberts", "antwerpen", "arends", "assen", "asten", "barends", "bartels", "beerens", "berends", "bergen",
    "bilthoven", "bodegraven", "bongers", "borgers", "breskens", "bruijns", "bruins", "claes", "coppens", "cornelissen",
    "crijns", "damen", "daniels", "davids", "deckers", "delft", "dirks", "dongen", "drachten", "driessen", "dronten",
    "eibergen", "eindhoven", "emmen", "erkens", "etten", "evers", "fransen", "frijns", "geerts", "gelders", "geleen", "gent",
    "gerards", "gerrits", "gerritsen", "geurts", "goes", "gommers", "goossens", "groningen", "gulpen", "hanssen", "harbers",
    "haren", "harlingen", "heerlen", "heijnen", "heinen", "helmers", "hendriks", "hendriksen", "hermans", "hermens", "hoorn",
    "houwelingen", "huberts", "huijgens", "jacobs", "jansen", "janssen", "jaspers", "jetten", "jochems", "kapelle", "kapteijns",
    "kerstens", "klaassen", "klaassens", "klerks", "knoops", "koenders", "koenen", "koolmees", "kopenhagen", "kosters",
    "kouwenhoven", "kuijpers", "kuipers", "lamberts", "lammers", "laren", "leenders", "leeuwarden", "lemmens", "lenssen",
    "linders", "losser", "lubbers", "lucassen", "maarten", "maartens", "manders", "martens", "mathijssen", "mechelen",
    "meerssen", "meeuwissen", "meijeren", "meijers", "mertens", "michels", "muiden", "naarden", "nelissen", "nijmegen",
    "nouwens", "ommen", "oomens", "oostende", "paulussen", "pauwels", "peeters", "peters", "philips", "pieters", "putte",
    "putten", "reijnders", "reinders", "rijnders", "roelofs", "rombouts", "rome", "rutgers", "sanders", "schagen", "scheepers",
    "schoonhoven", "schouten", "schreuders", "seegers", "simons", "slegers", "smeets", "smits", "smulders", "soest", "soetens",
    "spierings", "steenbergen", "stevens", "stoffels", "swinkels", "terneuzen", "teunissen", "theunissen", "tholen",
    "timmermans", "timmers", "tubbergen", "vaals", "vaassen", "veldhoven", "velsen", "verhoeven", "vermeer", "vermeulen",
    "vlaardingen", "vlissingen", "voorne", "voorschoten", "wageningen", "waveren", "weekers", "weert", "weijers", "wessels",
    "wiebes", "wierden", "wijnands", "wilders", "willems", "woerden", "wolters", "wouters", "zanten", "zeegers", "zegers",
    "zevenbergen",
))  # fmt: skip
"""Places and the commonest surnames that look like an inflection; surnames of the collection are known from its papers."""

THINGS = frozenset((
    "administratie", "afdeling", "begroting", "belasting", "beschikking", "handeling", "houding", "informatie", "inrichting",
    "instelling", "leiding", "lezing", "locatie", "mening", "omgeving", "opleiding", "organisatie", "regeling", "regering",
    "rekening", "relatie", "richting", "situatie", "stelling", "stichting", "uitkering", "vereniging", "vergadering",
    "verordening", "verzameling", "voorziening", "woning", "zitting",
))  # fmt: skip
"""Nouns on *-ing* and *-atie* that name no act but a thing or a body: whoever looks for them does not mean the verb."""
