"""``kamerstukken status``: what there is, made by what, how fresh."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import click

from indexer.catalogue.catalogue import Catalogue, last_run, read_catalogue
from indexer.catalogue.harvested import mind_notes
from indexer.catalogue.overview import coverage, dates_in_doubt, first_and_last
from indexer.errors import ArchiveError, CatalogueMissing, EngineError, IndexMissing, IndexOutdated
from indexer.harvest.progress import HarvestState, State
from indexer.reading.official_file import PARSER_VERSION
from kamerstukken.engines import kept_index
from kamerstukken.settings import Settings, data_option, engine_option, settings
from kamerstukken.wiring import looks, meaning_channel
from search.sync import behind
from web.ports import Condition

_TROUBLES_NAMED = 100
"""Papers that could not be had, of which the reason is said."""
_DOUBTS_NAMED = 20
"""Papers whose date cannot be right, of which the reason is said."""
_MORE = "to see what is wrong: kamerstukken check; to mend it: kamerstukken check --mend"


@click.command("status")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@engine_option
@data_option
def status_command(as_json: bool, data: Path | None, engine: str | None) -> None:
    """Say what is in the catalogue and the index, which versions made them, and in what condition they are.

    Catalogue, index and archive are each said to be ok, missing, damaged, outdated or behind, as the server says at /readyz.

    \b
    Examples:
        kamerstukken status
        kamerstukken status --json | jq .papers
    """
    where = settings(data, engine=engine)
    conditions = {name: str([*look()][-1]) for name, look in looks(where).items()}
    facts = {"data": str(where.data), "conditions": conditions, **_facts(where, conditions["index"])}
    if as_json:
        click.echo(json.dumps(facts, ensure_ascii=False))
        return
    whole = (Condition.OK, Condition.MISSING) if facts["papers"] == 0 else (Condition.OK,)
    told = {name: one if one in whole else f"{one}; {_MORE}" for name, one in conditions.items()}
    for name, value in (told | facts).items():
        if not isinstance(value, list | dict):
            click.echo(f"{name.replace('_', ' '):<20} {f'{value:,}' if isinstance(value, int) else value}")
    for one in _listed(facts, "troubles"):
        click.echo(f"  {one['identifier']} ({one['state']}, {one['rounds']}×): {one['reason']}")
    for one in _listed(facts, "listings_in_doubt"):
        click.echo(f"  search of {one['window']}: {one['reason']}")
    for one in _listed(facts, "doubts"):
        click.echo(f"  {one['identifier']} (date {one['date'] or 'unknown'}): {one['reason']}")


def _listed(facts: dict[str, object], name: str) -> list[dict[str, object]]:
    found = facts.get(name)
    return found if isinstance(found, list) else []


def _facts(where: Settings, index: str) -> dict[str, object]:
    """What there is, and the condition of the ``index`` in more words; of what cannot be read, why and what to do."""
    try:
        with read_catalogue(where.catalogue, PARSER_VERSION) as catalogue:
            counts = catalogue.counts()
            last = last_run(catalogue.connection) or {}
            held = coverage(catalogue)
            first, last_day = first_and_last(catalogue.connection)
            doubts = dates_in_doubt(catalogue.connection, held.in_doubt[:_DOUBTS_NAMED])
            mind_notes(catalogue.connection)
            harvest = _harvest_facts(HarvestState(catalogue))
            derived = _index_facts(where, catalogue, index) | _meaning_facts(where, catalogue)
    except CatalogueMissing as error:
        return {"papers": None if error.lost else 0, "reason": str(error)}
    except ArchiveError as error:
        return {"papers": None, "reason": str(error)}
    facts: dict[str, object] = {
        "papers": counts.papers,
        "files": counts.files,
        "dossiers": counts.dossiers,
        "citations": counts.citations,
        "first_date": _iso(first) or "",
        "last_date": _iso(last_day) or "",
        "without_date": held.undated,
        "dates_in_doubt": len(held.in_doubt),
        "without_names": held.nameless,
        "fictional": held.fictional,
        "parser": PARSER_VERSION,
        "reading": f"{held.former:,} by another version; run: kamerstukken reindex" if held.former else "up to date",
        "last_run": f"{last.get('what')} at {last.get('finished')}, {last.get('failed')} failed" if last else "none",
    }
    doubtful = [{"identifier": str(one.identifier), "date": _iso(one.date), "reason": one.reason} for one in doubts]
    return facts | derived | harvest | {"doubts": doubtful}


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _index_facts(where: Settings, catalogue: Catalogue, condition: str) -> dict[str, object]:
    try:
        made = kept_index(where).made()
    except (IndexMissing, IndexOutdated, EngineError) as error:
        return {"index": str(error)}
    left = behind(catalogue, made.moment)
    state = f"{left:,} changes behind; run: kamerstukken reindex" if left else "up to date"
    if left is None:
        state = "made from another catalogue, or from this one before it was put back; make it anew with: kamerstukken reindex"
    if condition == Condition.DAMAGED:
        state = "damaged: a file of it is not as it was written; rebuild it with: kamerstukken reindex"
    return {"index": state, "index_schema": made.schema, "index_analysis": made.analysis}


def _meaning_facts(where: Settings, catalogue: Catalogue) -> dict[str, object]:
    """How far the vectors go by which papers are found by meaning."""
    channel = meaning_channel(where)
    if channel is None:
        return {"meaning": "off; to turn it on: pip install 'kamerstukken[betekenis]', then kamerstukken embed"}
    kept = channel.store.kept()
    if not kept.parts:
        return {"meaning": "no vectors yet; make them with: kamerstukken embed"}
    left = behind(catalogue, kept.moment)
    state = "up to date" if left == 0 else f"{left or catalogue.counts().papers:,} changes behind; run: kamerstukken embed"
    return {"meaning": state, "embedded": len(kept.places), "encoder": channel.encoder.name}


def _harvest_facts(state: HarvestState) -> dict[str, object]:
    """What was harvested, how far it is, and which papers could not be had."""
    harvests = state.harvests()
    if not harvests:
        return {}
    counts = state.counts()
    last = max(harvests, key=lambda harvest: harvest.begun)
    troubles = [
        {"identifier": str(one.identifier), "state": str(one.state), "rounds": one.rounds, "reason": one.reason}
        for one in state.troubles(_TROUBLES_NAMED)
    ]
    return {
        "harvested": counts[State.HERE],
        "to_be_fetched": counts[State.OPEN],
        "failed": counts[State.FAILED],
        "put_aside": counts[State.ASIDE],
        "without_text": counts[State.TEXTLESS],
        "withdrawn": counts[State.WITHDRAWN],
        "last_harvest": f"begun {last.begun}, "
        + (f"listed to the end {last.finished}" if last.finished else "not yet at its end"),
        "listings_in_doubt": [{"window": str(window), "reason": reason} for window, reason in state.shortfalls()],
        "troubles": troubles,
    }
