"""Files read in processes of their own, within limits of time and memory.

Files come from anyone, and what reads them is much code, some of it in C: a process can be bounded and thrown away, which a
library within ours cannot. ``program`` is what such a process runs, ``reader`` is one seen from the process it reads for,
``messages`` is what goes between the two.
"""
