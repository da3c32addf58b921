"""Office files whose bytes depend on their content only."""

from __future__ import annotations

import io
import re
import zipfile

#: Any fixed moment that a ZIP header can hold.
FIXED_TIME = (2024, 1, 1, 0, 0, 0)
STAMP = re.compile(
    rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:(?:created|modified)>)"
)


def without_dates(data: bytes) -> bytes:
    """The same OOXML file with fixed dates in its ZIP and core properties."""
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as source,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target,
    ):
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = STAMP.sub(rb"\g<1>2024-01-01T00:00:00Z\g<3>", content)
            info = zipfile.ZipInfo(name, FIXED_TIME)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, content)
    return out.getvalue()
