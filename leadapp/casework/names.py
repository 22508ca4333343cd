"""Names made comparable: folded, with short forms, sound and near spelling."""

from __future__ import annotations

from leadapp.core.text import fold

_SHORT_FORMS = (
    "alexander alex sandy xander", "alexandra alex sandra sandy", "andrew andy drew",
    "anthony tony", "barbara barb barbie", "benjamin ben benny", "catherine katherine kathryn cathy kathy kate katie",
    "charles charlie chuck", "christina christine chris tina", "christopher chris topher",
    "daniel dan danny", "david dave davey", "deborah debra deb debbie", "donald don donnie",
    "edward ed eddie ted", "elizabeth liz beth betty lizzie eliza", "francisco pancho paco frank",
    "gregory greg", "guadalupe lupe", "james jim jimmy jamie", "jennifer jen jenny", "jeffrey jeff",
    "jessica jess jessie", "john jack johnny jon", "jonathan jon john", "jose pepe", "joseph joe joey",
    "joshua josh", "kenneth ken kenny", "kimberly kim", "lawrence larry", "leonard len leo",
    "margaret maggie meg peggy marge", "matthew matt", "michael mike mikey mick", "nicholas nick",
    "pamela pam", "patricia pat patty trish", "patrick pat", "rebecca becky becca", "richard rich rick dick",
    "robert rob bob bobby robbie", "ronald ron ronnie", "samantha sam", "samuel sam sammy",
    "stephen steven steve", "susan sue susie", "theodore ted teddy", "thomas tom tommy",
    "timothy tim timmy", "victoria vicky tori", "walter walt", "william will bill billy willie",
    "zachary zach",
)  # fmt: skip
_SHORT: dict[str, frozenset[str]] = {}
for _line in _SHORT_FORMS:
    for _name in _line.split():
        _SHORT[_name] = _SHORT.get(_name, frozenset()) | frozenset(_line.split())

_SOUNDS = {
    letter: digit
    for digit, letters in enumerate(("bfpv", "cgjkqsxz", "dt", "l", "mn", "r"), 1)
    for letter in letters
}
_NEAR_FROM = 4
"""Shorter names are not compared by spelling: "Lee" and "Lea" are two names."""


def bare(name: str) -> str:
    """Return a name for comparing: folded and without spaces, so "De La Cruz" is "delacruz"."""
    return fold(name.replace("'", "").replace("\N{RIGHT SINGLE QUOTATION MARK}", "")).replace(
        " ", ""
    )


def are_short_forms(first: str, second: str) -> bool:
    """Return whether two bare names are forms of one: "bob" and "robert"."""
    return second in _SHORT.get(first, frozenset())


def sound(name: str) -> str:
    """Return how a bare name sounds in English (Soundex), "" for none."""
    if not name:
        return ""
    code, last = name[0], _SOUNDS.get(name[0], 0)
    for letter in name[1:]:
        digit = _SOUNDS.get(letter, 0)
        if digit and digit != last:
            code += str(digit)
        if letter not in "hw":  # these do not separate two equal sounds
            last = digit
    return code[:4].ljust(4, "0")


def one_slip_apart(first: str, second: str) -> bool:
    """Return whether one letter was added, left out, changed or swapped with its neighbour."""
    if first == second or min(len(first), len(second)) < _NEAR_FROM:
        return False
    if abs(len(first) - len(second)) > 1:
        return False
    at = next(
        (n for n, (one, two) in enumerate(zip(first, second, strict=False)) if one != two),
        min(len(first), len(second)),
    )
    left, right = first[at:], second[at:]
    swapped = left[:2] == right[:2][::-1] and left[2:] == right[2:]
    return left[1:] == right[1:] or left[1:] == right or left == right[1:] or swapped
