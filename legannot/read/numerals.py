"""Numbers as bills write them: `1,000`, `2.5 million`, `forty-five`, `five hundred thousand`."""

from __future__ import annotations

import re
from decimal import Decimal

_ONES = (
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen".split()
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_VALUES = {
    **{word: value for value, word in enumerate(_ONES, 1)},
    **{word: 10 * value for value, word in enumerate(_TENS, 2)},
}
# Bills of the United States count on the short scale.
_SCALES = {"thousand": 3, "million": 6, "billion": 9, "trillion": 12}
_GREAT_SCALES = {
    "quadrillion": 15,
    "quintillion": 18,
    "sextillion": 21,
    "septillion": 24,
    "octillion": 27,
}
_ALL_SCALES = _SCALES | _GREAT_SCALES
_ONE_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth".split()
#: The powers of ten that compute is told in, as the words behind "ten to the".
ORDINALS = {
    "fifteenth": 15,
    "sixteenth": 16,
    "seventeenth": 17,
    "eighteenth": 18,
    "nineteenth": 19,
    "twentieth": 20,
    "thirtieth": 30,
    **{
        f"{tens}-{word}": 10 * count + one
        for count, tens in ((2, "twenty"), (3, "thirty"))
        for one, word in enumerate(_ONE_ORDINALS, 1)
    },
}

#: A number below a hundred.
SMALL = rf"(?:(?:{'|'.join(_TENS)})(?:[-\s](?:{'|'.join(_ONES[:9])}))?|{'|'.join(_ONES[::-1])})"
_GROUP = rf"{SMALL}(?:\s+hundred(?:\s+(?:and\s+)?{SMALL})?)?"
#: "forty-five", "one hundred and eighty", "two million five hundred thousand" without the last
#: scale, which `SCALE` has.
SPELLED = rf"(?:{_GROUP}(?:\s+(?:{'|'.join(_SCALES)})\s+{_GROUP})*)"
FIGURE = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
SCALE = "|".join(_SCALES)
GREAT_SCALE = "|".join(_GREAT_SCALES)


def number(words: str, scale: str | None = None) -> str:
    """A number in digits, without separators.

    >>> number("1,000"), number("2.5", "million"), number("five hundred", "thousand")
    ('1000', '2500000', '500000')
    """
    if not words[0].isdigit():
        return str(_spelled(f"{words} {scale or ''}"))
    plain = words.replace(",", "")
    if not scale:
        return plain
    return format(Decimal(plain).scaleb(_ALL_SCALES[scale.lower()]).normalize(), "f")


def _spelled(words: str) -> int:
    whole = group = 0
    for word in re.findall(r"[a-z]+", words.lower()):
        if word == "hundred":
            group *= 100
        elif word in _ALL_SCALES:
            whole += group * 10 ** _ALL_SCALES[word]
            group = 0
        else:
            # "and" counts nothing.
            group += _VALUES.get(word, 0)
    return whole + group
