"""The engines behind the port.

``memory`` says in plain Python what every engine must find. The others look terms up in ``postings`` and ``columns`` and share what
is done with them: ``matching`` and ``proximity`` (a plan → papers with scores) and ``answering`` (a request → counts, order, page).
"""
