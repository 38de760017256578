"""Personal data out of texts: e-mail addresses, telephone, card and bank account numbers.

Only what can be recognised for certain is replaced, by a word in brackets; all else stays to the letter.
Names in free text are not recognised here; docs/guide/collect.md says so plainly.
"""

import re
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

_DIGITS = re.compile(r"(?:\d\D*){7}")  # the fewest that make a number worth looking at


def redact(text: str) -> tuple[str, Counter[str]]:
    """``text`` with [e-mail], [phone], [card] or [bank account] for what was found, and the counts."""
    if "@" not in text and not _DIGITS.search(text):
        return text, Counter()
    found: Counter[str] = Counter()
    for kind, pattern, holds in _kinds():

        def swap(match: re.Match[str], kind: str = kind, holds: Callable[[str], bool] = holds) -> str:
            if not holds(match[0]):
                return match[0]
            found[kind] += 1
            return f"[{kind}]"

        text = pattern.sub(swap, text)
    return text, found


_TEXTS = ("narrative", "title", "outcome", "quote", "why_significant", "behaviours")


def redact_fields(fields: Mapping[str, Any]) -> tuple[dict[str, Any], Counter[str]]:
    """The fields of a story with :func:`redact` done on each text or line, and the counts."""
    clean, found = dict(fields), Counter[str]()

    def swap(value: Any) -> Any:
        if isinstance(value, list):
            return [swap(one) for one in value]
        if not isinstance(value, str):
            return value
        text, some = redact(value)
        found.update(some)
        return text

    for name in _TEXTS:
        if name in clean:
            clean[name] = swap(clean[name])
    return clean, found


def personal(column: str) -> bool:
    """Whether a column's name says that it identifies a customer; such a column is never imported."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", column)
    words = " ".join(re.sub(r"[^a-z]+", " ", words.lower()).split())
    return bool(_personal().search(words))


def _is_card(found: str) -> bool:
    """Luhn's check (ISO/IEC 7812-1), on 13 to 19 digits that are not all the same."""
    digits = [int(c) for c in found if c.isdigit()]
    doubled = [d * 2 - 9 * (d > 4) if i % 2 else d for i, d in enumerate(reversed(digits))]
    return sum(doubled) % 10 == 0 and len(set(digits)) > 1


def _is_iban(found: str) -> bool:
    """The check digits of ISO 13616 (mod 97)."""
    plain = found.replace(" ", "")
    return 15 <= len(plain) <= 34 and int("".join(str(int(c, 36)) for c in plain[4:] + plain[:4])) % 97 == 1


def _is_phone(found: str) -> bool:
    """Seven to fifteen digits (ITU-T E.164), and no date or span of years."""
    count = sum(c.isdigit() for c in found)
    return 7 <= count <= 15 and not re.fullmatch(r"\d{1,4}[-./ ]\d{1,2}[-./ ]\d{1,4}", found)


@cache
def _kinds() -> tuple[tuple[str, re.Pattern[str], Callable[[str], bool]], ...]:
    """What is replaced: its word, its pattern, its check. Made at the first use: most stories need none."""
    # The look-behind keeps a long run of letters (a pasted picture) from being tried at each of them.
    email = re.compile(r"(?<![\w.+'-])[\w.+'-]+@(?:[\w-]+\.)+[A-Za-z]{2,24}\b")
    # ISO 13616: two letters, two check digits, up to 30 letters and digits, often in groups of four.
    iban = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b")
    card = re.compile(r"(?<![\d.,])\d(?:[ -]?\d){12,18}(?![\d.,]?\d)")
    # A telephone number shows itself by a +, by brackets round its area code, or by three groups of digits.
    phone = re.compile(
        r"(?<![\w.,/+-])(?:"
        r"\+\d{1,3}(?:[ .\-/]?\(?\d{1,4}\)?){2,6}"
        r"|\(0?\d{2,5}\) ?\d{2,4}(?:[ .\-/]?\d{2,5}){1,3}"
        r"|(?:1[ .-])?\d{3}[ .-]\d{3}[ .-]\d{4}"
        r"|0\d{2,4}[ /-]\d{3,4}(?:[ -]?\d{2,4}){1,2}"
        r"|0\d{9,10}"
        r")(?![\w/-]|[.,]\d)"
    )
    return (
        ("e-mail", email, bool),
        ("bank account", iban, _is_iban),
        ("card", card, _is_card),
        ("phone", phone, _is_phone),
    )


@cache
def _personal() -> re.Pattern[str]:
    return re.compile(
        r"\be ?mail|\bip ?address|\bphone|mobile ?n|telephone|\bpostcode|zip ?code|date of birth|\bdob\b"
        r"|passport|card ?n|iban|latitude|longitude"
        r"|(customer|guest|client|patient|reviewer|respondent|recipient|author|user|visitor|requester|contact"
        r"|traveller|passenger|member)s?'? ?(full|first|last|display|user)? ?name"
        r"|^(first|last|full|sur|user|display|screen) ?name$"
        r"|^(user|reviewer|author|customer|guest|contact|requester|username|nickname)$"
        r"|recipient|profile ?photo|avatar"
    )
