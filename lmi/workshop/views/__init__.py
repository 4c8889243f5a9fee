"""What the room sees: pages and their parts as HTML, made from a `Room`.

Everything that a person typed is escaped where it is written. Nothing is fetched from anywhere
but the server that the page came from. Import from here.
"""

from lmi.workshop.views.changes import PARTS, changed_by
from lmi.workshop.views.pages import handout_page, join_page, notice_page, page, start_page
from lmi.workshop.views.parts import fragment
from lmi.workshop.views.render import STATIC, asset

__all__ = [
    "PARTS",
    "STATIC",
    "asset",
    "changed_by",
    "fragment",
    "handout_page",
    "join_page",
    "notice_page",
    "page",
    "start_page",
]
