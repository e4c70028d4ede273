"""Brings papers from the official source: what is chosen → date windows → records → files → archive and catalogue.

In the order of the files: ``selection`` (what is wanted), ``windows`` (pieces the source can answer), ``sru`` (its responses),
``source`` (polite HTTP), ``soundness`` (whole and of the right kind), ``state`` (how far it is, in the catalogue), ``listing``,
``fetching``, ``withdrawals``, and ``loop``, which goes round them. Knows nothing of engines.
"""
