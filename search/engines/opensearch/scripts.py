"""What is worked out in the cluster paper by paper, in Painless. Each source is constant, so that it is compiled once.

``engines.plain`` and ``ranking`` say what the numbers mean; the queries that use these scripts are made in ``scoring``.
"""

from __future__ import annotations

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
