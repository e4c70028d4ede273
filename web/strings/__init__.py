"""Every sentence and word of the pages, in Dutch, by the kind of page. Templates see this package as ``t``.

What a query was understood as is told by ``search``; what the API says, in English, stands in ``api`` and ``errors``.
"""

from web.strings.paper import *
from web.strings.search import *
from web.strings.site import *
