"""The front door: the command ``kamerstukken`` and its settings. Wires the other packages together; holds no logic of theirs."""
