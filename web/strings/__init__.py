"""Every sentence and word of the interface, in Dutch, a module for each kind of page. Templates see this package as ``t``."""

from web.strings.errors import *
from web.strings.paper import *
from web.strings.programs import *
from web.strings.registers import *
from web.strings.search import *
from web.strings.site import *
from web.strings.status import *
from web.strings.term import *
