"""How much of one input is read, and why not more.

The limits keep one hostile or broken file from taking the whole run with it;
each is far above what a real self-evaluation form needs.
"""

from __future__ import annotations

MAX_BYTES = 200 * 1024 * 1024
"""Size of one file (``too_large``). A thousand-page 决算 PDF has about 60 MB."""

MAX_PAGES = 2_000
"""Pages of one PDF (``too_many_pages``); the pages before it are kept."""

MAX_CELLS = 200_000
"""Grid places of one table or sheet (``too_many_rows``). A form has about 200."""

MAX_TEXT = 20_000
"""Characters of one goal, outcome or indicator cell that is analysed (``too_large``).

The longest known goals have some 3,000; beyond the limit a form keeps its texts only.
"""

MAX_QUANTITIES = 600
"""Quantities of one goal or outcome (``too_large``): each is compared with each."""

MAX_ROWS = 2_000
"""Indicator rows of one form that is analysed (``too_large``). A form has about 20."""

MAX_SPAN = 1_000
"""Rows or columns that one cell may cover; HTML pages carry colspan=1000000."""

MAX_ENTRIES = 10_000
"""Members of one container, those of nested containers included."""

MAX_DEPTH = 3
"""Containers in containers: outer.zip is 1."""

MAX_EXPANDED = 500 * 1024 * 1024
"""Bytes that all members of one container may have together."""

MAX_RATIO = 100
"""Bytes out per byte in of one member, looked at after RATIO_FREE bytes.

Prose and XML reach 20, a bomb 1,000.
"""

RATIO_FREE = 1024 * 1024
"""Small members may be as repetitive as they like."""

MAX_PART = 100 * 1024 * 1024
"""Bytes of one XML part of a DOCX that becomes a tree (about 10 times that in memory)."""

MAX_RULINGS = 20_000
"""Ruled lines of one PDF page; maps and charts have more and hold no form."""

CONVERSION_SECONDS = 120.0
"""Seconds that LibreOffice may take over one old document (``timeout``); a form
takes two, a report of hundreds of pages twenty."""

MAX_PIXELS = 60_000_000
"""Pixels of one picture (``too_many_pixels``): A4 at 600 dpi has 35 million."""

MAX_SCANNED_PAGES = 150
"""Pages of one document that are recognised; the pages before it are kept."""
