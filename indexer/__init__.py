"""Official files of Kamerstukken → fielded papers → catalogue.

The modules in the order data takes: ``files`` → ``read`` (``html`` | ``xml``, over ``flow``) → ``assemble`` → ``model`` →
``archive`` and ``catalogue``. Nothing here knows of searching, of pages or of the command line.
"""
