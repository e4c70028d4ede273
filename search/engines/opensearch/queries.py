"""A plan → which papers it matches, as queries of OpenSearch without scores. Structured queries only: no text is ever parsed.

A form is a term of the index, a phrase one of Lucene's. What Lucene cannot tell exactly, words within a slop and two terms at one
position, a script decides in the papers that have all the words.

The scripts are worked out in the cluster paper by paper, in Painless. Each source is constant, so that it is compiled once. What
their numbers mean, ``memory`` and ``plan.Weights`` say; ``scoring`` makes the queries that use most of them.
"""

from __future__ import annotations

import datetime
from collections import Counter

from search.document import Place, term
from search.engines.memory import strength
from search.engines.opensearch.client import Json
from search.engines.opensearch.schema import (
    CITES,
    DATE,
    IDENTIFIER,
    NOTHING,
    TERMS,
    key,
    place_field,
    positions_field,
    same_field,
    value_field,
    value_term,
)
from search.fields import FACETS
from search.plan import (
    ALL_PLACES,
    Both,
    Citing,
    Concept,
    Either,
    Empty,
    Form,
    HasValue,
    MatchKind,
    Named,
    Plan,
    Sequence,
    Wanted,
    Within,
    Without,
)
from search.values import Selection, folded

NORMED = "_score / (params.base + params.slope * doc[params.length].value)"
"""The weighted frequency in a place, normalised by its length."""

SATURATED = "params.weight * _score / (params.k1 + _score)"
"""What a frequency scores."""

ROUNDED = """
if (_score <= 0) { return 0; }
double unit = Math.pow(10, Math.floor(Math.log10(_score)) - params.digits);
return Math.round(_score / unit) * unit;
"""
"""The score without the noise of adding up, so that equal scores are equal."""

LEVEL = "(long) Math.floor(100 * _score.doubleValue() + params.noise)"
"""The whole percents of the query that a paper covers."""

SHARED = "params.power * Math.log(_score) + params.above"
LOGARITHM = "Math.log(Math.max(_score, 1e-9)) + params.above"
PRODUCT = "Math.exp(_score - params.above)"
"""A product of two scores as a sum of logarithms, which queries can form; ``above`` keeps these positive."""

_READING = """
int number(BytesRef b, int at) {
  byte[] x = b.bytes;
  return ((x[at] & 255) << 24) | ((x[at + 1] & 255) << 16) | ((x[at + 2] & 255) << 8) | (x[at + 3] & 255);
}
long wide(BytesRef b, int at) {
  return (((long) number(b, at)) << 32) | (((long) number(b, at + 4)) & 4294967295L);
}
int[] standing(BytesRef b, long key) {
  int count = number(b, b.offset);
  int low = 0;
  int high = count - 1;
  while (low <= high) {
    int middle = (low + high) >>> 1;
    long there = wide(b, b.offset + 4 + 8 * middle);
    if (there < key) { low = middle + 1; } else if (there > key) { high = middle - 1; } else {
      int starts = b.offset + 4 + 8 * count;
      int first = starts + 4 * (count + 1) + number(b, starts + 4 * middle);
      int end = starts + 4 * (count + 1) + number(b, starts + 4 * middle + 4);
      byte[] x = b.bytes;
      int size = 0;
      for (int i = first; i < end; i++) { if (x[i] >= 0) { size++; } }
      int[] found = new int[size];
      int n = 0;
      int shift = 0;
      int difference = 0;
      int before = 0;
      for (int i = first; i < end; i++) {
        difference |= (x[i] & 127) << shift;
        shift += 7;
        if (x[i] >= 0) { before += difference; found[n] = before; n++; difference = 0; shift = 0; }
      }
      return found;
    }
  }
  return new int[0];
}
int below(int[] xs, int x) {
  int low = 0;
  int high = xs.length;
  while (low < high) {
    int middle = (low + high) >>> 1;
    if (xs[middle] < x) { low = middle + 1; } else { high = middle; }
  }
  return low;
}
int[] joined(int[] a, int[] b) {
  int[] both = new int[a.length + b.length];
  int n = 0;
  int i = 0;
  int j = 0;
  while (i < a.length || j < b.length) {
    int next = j >= b.length || (i < a.length && a[i] <= b[j]) ? a[i] : b[j];
    if (i < a.length && a[i] == next) { i++; }
    if (j < b.length && b[j] == next) { j++; }
    both[n] = next;
    n++;
  }
  int[] result = new int[n];
  for (int k = 0; k < n; k++) { result[k] = both[k]; }
  return result;
}
int[] occurrences(BytesRef b, Map item) {
  List keys = item.keys;
  List offsets = item.offsets;
  int slop = item.slop;
  int words = keys.size();
  List places = new ArrayList();
  for (int w = 0; w < words; w++) {
    int[] found = standing(b, ((Number) keys.get(w)).longValue());
    if (found.length == 0) { return found; }
    places.add(found);
  }
  if (words == 1 && (slop == 0 || item.asked == 1)) { return (int[]) places.get(0); }
  int[] from = (int[]) places.get(0);
  if (slop > 0) { for (int w = 1; w < words; w++) { from = joined(from, (int[]) places.get(w)); } }
  int[] starts = new int[from.length];
  int n = 0;
  for (int s = 0; s < from.length; s++) {
    int at = from[s];
    boolean all = slop == 0 || below(from, at + slop + 1) - s >= item.asked;
    for (int w = 0; all && w < words; w++) {
      int[] word = (int[]) places.get(w);
      int offset = ((Number) offsets.get(w)).intValue();
      if (slop > 0) {
        all = below(word, at + slop + 1) - below(word, at) >= offset;
      } else {
        int wanted = at + offset;
        int i = below(word, wanted);
        all = i < word.length && word[i] == wanted;
      }
    }
    if (all) { starts[n] = at - item.skipped; n++; }
  }
  int[] result = new int[n];
  for (int k = 0; k < n; k++) { result[k] = starts[k]; }
  return result;
}
"""
"""The bytes of ``positions``. Of an item ``offsets`` are those from its first word; within a slop, how often each word must stand
there, and ``asked`` how many words that are together."""

OCCURS = (
    _READING
    + """
for (field in params.fields) {
  if (doc[field].size() > 0 && occurrences(doc[field].value, params.item).length > 0) { return true; }
}
return false;
"""
)
"""Whether an item occurs in one of the places."""

FREQUENCY = (
    _READING
    + """
double frequency = 0;
for (place in params.places) {
  if (doc[place.positions].size() > 0) {
    BytesRef b = doc[place.positions].value;
    double here = 0;
    for (item in params.items) { here += (double) item.share * occurrences(b, item).length; }
    if (here > 0) {
      double norm = (double) place.base + (double) place.slope * doc[place.length].value;
      frequency += (double) place.weight * here / norm;
    }
  }
}
return frequency;
"""
)
"""The weighted and normalised frequency of items over places."""

NEARNESS = (
    _READING
    + """
int[] own(BytesRef b, List items) {
  int[] found = new int[0];
  for (item in items) { found = joined(found, occurrences(b, item)); }
  return found;
}
double added = 0;
for (place in params.places) {
  if (doc[place.positions].size() == 0) { continue; }
  BytesRef b = doc[place.positions].value;
  int[] left = new int[0];
  for (int c = 0; c < place.concepts.size(); c++) {
    int[] right = own(b, place.concepts.get(c));
    int smallest = params.window + 1;
    for (int i = 0; i < left.length; i++) {
      int at = below(right, left[i]);
      if (at > 0) { smallest = (int) Math.min(smallest, left[i] - right[at - 1]); }
      if (at < right.length && right[at] == left[i]) { at++; }
      if (at < right.length) { smallest = (int) Math.min(smallest, right[at] - left[i]); }
    }
    if (smallest <= params.window) { added += (double) params.telling.get(c) / smallest; }
    left = right;
  }
}
return added;
"""
)
"""What the nearness of neighbouring words adds; ``telling`` holds for each concept the weight of the pair that it ends."""


Items = tuple[Form | Sequence, ...]

NO_PAPER: Json = {"match_none": {}}
EVERY_PAPER: Json = {"match_all": {}}


def ways(concept: Concept) -> dict[MatchKind, Items]:
    """The forms and sequences of a concept by how they match, the strongest first; those that weigh nothing do not count."""
    every: Items = (*concept.forms, *concept.sequences)
    kinds = sorted({item.match for item in every if item.weight > 0}, key=strength)
    return {kind: tuple(item for item in every if item.weight > 0 and item.match is kind) for kind in kinds}


def matching(plan: Plan) -> Json:  # noqa: PLR0911 - one line a kind of node
    """The papers that a plan matches; of ``Wanted`` those with all words."""
    match plan:
        case Concept():
            return having(tuple(item for items in ways(plan).values() for item in items), plan.places)
        case Both(children):
            return every_of([matching(child) for child in children])
        case Wanted(concepts, strict):
            return every_of([matching(child) for child in (*concepts, *((strict,) if strict is not None else ()))])
        case Either(children):
            return any_of([matching(child) for child in children])
        case Without(child):
            return {"bool": {"filter": [EVERY_PAPER], "must_not": [matching(child)]}}
        case HasValue():
            return _having_value(plan)
        case Within(start, end):
            first = start.toordinal() if start else 1
            return {"range": {DATE: {"gte": first, "lte": end.toordinal() if end else datetime.date.max.toordinal()}}}
        case Citing(target):
            return {"term": {CITES: target}}
        case Named(identifier):
            return {"term": {IDENTIFIER: identifier}}
        case Empty():
            return NO_PAPER


def every_of(queries: list[Json]) -> Json:
    """What passes all; nothing passes none."""
    return {"bool": {"filter": queries}} if queries else NO_PAPER


def any_of(queries: list[Json]) -> Json:
    """What passes at least one."""
    if len(queries) == 1:
        return queries[0]
    return {"bool": {"should": queries, "minimum_should_match": 1}} if queries else NO_PAPER


def having(items: Items, places: tuple[Place, ...]) -> Json:
    """The papers in which one of the items occurs in one of the places."""
    names = sorted({term(item.text, stem=item.stem) for item in items if isinstance(item, Form)})
    queries: list[Json] = []
    if names:
        fields = [TERMS] if places == ALL_PLACES else [place_field(place) for place in places]
        queries += [{"terms": {field: names}} for field in fields]
    for item in items:
        if isinstance(item, Sequence):
            queries += _sequence(item, places)
    return any_of(queries)


def _sequence(sequence: Sequence, places: tuple[Place, ...]) -> list[Json]:
    text = phrase(sequence)
    if text:
        return [{"match_phrase": {place_field(place): {"query": text}}} for place in places]
    params = {"fields": [positions_field(place) for place in places], "item": for_scripts(sequence)}
    return [every_of([*with_all(sequence), {"script": {"script": {"source": OCCURS, "params": params}}}])]


def with_all(sequence: Sequence) -> list[Json]:
    """The papers that have all words of a sequence somewhere."""
    names = dict.fromkeys(term(text, stem=stem) for text, _, stem in sequence.words)
    return [{"term": {TERMS: name}} for name in names]


def phrase(sequence: Sequence) -> str:
    """A sequence as a phrase of the index's own terms; empty where it is none: with a slop, or with two terms at one position."""
    standing = {(offset, term(text, stem=stem)) for text, offset, stem in sequence.words}
    by_offset = dict(standing)
    if sequence.slop or len(by_offset) < len(standing):
        return ""
    return " ".join(by_offset.get(offset, NOTHING) for offset in range(min(by_offset), max(by_offset) + 1))


def for_scripts(item: Form | Sequence, share: float = 1.0) -> Json:
    """A form or a sequence as the scripts want it, with what each occurrence of it counts for."""
    if isinstance(item, Form):
        name = term(item.text, stem=item.stem)
        return {"keys": [key(name)], "offsets": [0], "slop": 0, "asked": 1, "skipped": 0, "share": share}
    words = [(key(term(text, stem=stem)), offset) for text, offset, stem in item.words]
    if item.slop:
        times = Counter(number for number, _ in words)
        keys, offsets, skipped = list(times), list(times.values()), 0
    else:
        skipped = words[0][1]
        keys, offsets = [number for number, _ in words], [offset - skipped for _, offset in words]
    return {"keys": keys, "offsets": offsets, "slop": item.slop, "asked": len(words), "skipped": skipped, "share": share}


def _having_value(condition: HasValue) -> Json:
    """The papers with one of the values, or with one that is the same but for letter case and diacritics."""
    queries: list[Json] = []
    if condition.among:
        queries.append({"terms": {value_field(condition.name): sorted(map(value_term, condition.among))}})
    if condition.equals:
        queries.append({"term": {same_field(condition.name): value_term(folded(condition.equals))}})
    return any_of(queries)


def selecting(name: str, choice: Selection) -> Json:
    """The papers with one of the chosen values; what is no facet no paper has."""
    if name not in FACETS:
        return NO_PAPER
    queries: list[Json] = [{"terms": {value_field(name): sorted(map(value_term, choice.values))}}] if choice.values else []
    for span in choice.spans:
        first = datetime.date(max(span.first or 1, 1), 1, 1).toordinal()
        last = datetime.date.max if span.last is None else datetime.date(span.last, 12, 31) if span.last else None
        queries.append({"range": {DATE: {"gte": first, "lte": last.toordinal() if last else 0}}})
    return any_of(queries)
