"""The parameters that every question to the index takes: the query and the filters."""

from __future__ import annotations

from web.operations import Text, Values

QUERY = Text(
    "q", "The query, in the language of the search box: words, “phrases”, EN OF NIET, fields such as dossier:31066.", "Cool:Gen"
)
FILTERS = tuple(
    Values(name, meaning, example)
    for name, meaning, example in (
        ("dossier", "Dossiers: 31066, 21501-02, 36410-XVI.", ("31066",)),
        ("year", "Years of the papers' dates; also spans: 2018..2024, 2018.., ..2024.", ("2018..2024",)),
        ("session_year", "Session years.", ("2023-2024",)),
        ("minister", "Names of ministers and state secretaries.", ("M.L.A. van Rij",)),
        ("office", "Offices they held.", ("Staatssecretaris van Financiën",)),
        ("person", "Names of all who signed or submitted papers.", ("P.A. Grinwis",)),
        ("kind", "Kinds of papers.", ("Brief regering", "Motie")),
        ("chamber", "Chambers.", ("Tweede Kamer",)),
        ("category", "Subjects.", ("Financiën | Belasting",)),
    )
)
