"""Values of several words that only the collection can tell: kinds, titles of dossiers."""

from __future__ import annotations

import pytest

from search.query.parser import parse
from search.query.told import printed
from search.values import known_in

from .notation import shown

HELD = {
    "kind": ("Motie", "Motie (gewijzigd/nader)", "Brief regering", "Verslag van een schriftelijk overleg"),
    "dossier_title": ("Belastingdienst", "Raad voor Concurrentievermogen", "Raad"),
    "spelling": ("M.L.A. van Rij",),
}
IS_KNOWN = known_in(lambda field: HELD.get(field, ()))


@pytest.mark.parametrize(
    ("query", "tree"),
    [
        ("soort:brief regering stikstof", "(all (soort: brief regering) stikstof)"),
        ("soort:Motie gewijzigd stikstof", "(all (soort: Motie gewijzigd) stikstof)"),
        ("soort:gewijzigde motie stikstof", "(all (soort: gewijzigde motie) stikstof)"),
        ("soort:motie stikstof", "(all (soort: motie) stikstof)"),
        ("soort:(brief regering OF motie)", "(any (soort: brief regering) (soort: motie))"),
        ("soort:verslag schriftelijk overleg, stikstof", "(all (soort: verslag schriftelijk overleg) stikstof)"),
        ("soort:brief EN regering", "(ALL (soort: brief) regering)"),
        ("dossier:Belastingdienst ICT", "(all (dossiertitel: Belastingdienst) ICT)"),
        ("dossier:belastingdienst", "(dossiertitel: belastingdienst)"),
        ("dossier:raad voor concurrentievermogen ICT", "(all (dossiertitel: raad voor concurrentievermogen) ICT)"),
        ('dossier:"Raad voor Concurrentievermogen"', "(dossiertitel: Raad voor Concurrentievermogen)"),
        ("dossier:Raad voor ICT", "(all (dossiertitel: Raad) voor ICT)"),
        ("-dossier:Belastingdienst", "(not (dossiertitel: Belastingdienst))"),
        ("dossiertitel:Raad voor Concurrentievermogen x", "(all (dossiertitel: Raad voor Concurrentievermogen) x)"),
        ("dossier:(31066 OF Belastingdienst)", "(any (dossier: 31066) (dossiertitel: Belastingdienst))"),
        ("minister:van Rij Estland", "(all (minister: van Rij) Estland)"),
    ],
)
def test_a_value_goes_on_as_far_as_the_collection_knows_it(query: str, tree: str) -> None:
    parsed = parse(query, IS_KNOWN)
    assert (shown(parsed.node), parsed.remarks) == (tree, ())
    assert parse(printed(parsed.node), IS_KNOWN).node == parsed.node


@pytest.mark.parametrize("query", ["dossier:toeslagen", 'dossier:"Raad van Europa"'])
def test_a_title_that_no_dossier_has_is_words_and_told(query: str) -> None:
    parsed = parse(query, IS_KNOWN)
    assert "dossier" not in shown(parsed.node)
    assert len(parsed.remarks) == 1
