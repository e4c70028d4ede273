"""What programs are answered, as JSON: ``routes`` declares and binds the operations, ``openapi`` makes the document of them.

The shape of the answers is decided in ``answers``, ``listings`` and ``term``.
"""
