"""Brings papers from the official source: what is chosen → date windows → records → files → archive and catalogue.

As the data goes: ``selection`` (what is wanted), ``windows`` (pieces that the source can answer), ``sru`` (its responses),
``source`` (polite HTTP), ``forms`` and ``soundness`` (which files, and whether they are whole), ``state`` (how far it is, in the
catalogue), ``listing``, ``fetching``, ``withdrawals``, and ``loop``, which goes round them and tells ``events``. Knows nothing of
engines.
"""
