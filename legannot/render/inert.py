"""Hostile or broken characters made visible: what could reorder, hide or split text."""

from __future__ import annotations

import re

# Bidirectional controls can show words in another order than they stand (Unicode TR 36, "Trojan
# Source"); zero-width and tag characters hide words; controls and lone surrogates break the file.
# Joiners are among them: no text of US law needs one.
_HIDDEN = re.compile(
    "["
    "\u0000-\u0008\u000b-\u001f\u007f-\u009f"
    "\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f"
    "\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff"
    "\ud800-\udfff"
    "\U0001d173-\U0001d17a\U000e0000-\U000e0fff"
    "]"
)
MARK = "\ufffd"


def inert(text: str) -> str:
    """`text` with every hidden or reordering character shown as U+FFFD, so offsets stay true."""
    return text if text.isascii() and text.isprintable() else _HIDDEN.sub(MARK, text)


def hidden(text: str) -> int:
    """How many characters of `text` `inert` would replace."""
    return 0 if text.isascii() and text.isprintable() else len(_HIDDEN.findall(text))
