"""Every sentence and word of the interface, in Dutch, by the kind of page. Templates see this package as ``t``."""

from web.strings.others import *
from web.strings.pages import *
from web.strings.papers import *
