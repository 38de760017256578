"""Personal data out of texts: e-mail addresses, telephone, card and bank account numbers.

Only what can be recognised for certain is replaced, by a word in brackets; all else stays to the letter.
Names in free text are not recognised here; docs/guide/collect.md says so plainly.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

_DIGITS = re.compile(r"(?:\d\D*){7}")  # the fewest that make a number worth looking at
_AT = re.compile(r"[@＠﹫]|[(\[{]\s?at\s?[)\]}]", re.IGNORECASE)


def redact(text: str) -> tuple[str, Counter[str]]:
    """``text`` with [e-mail], [phone], [card] or [bank account] for what was found, and the counts."""
    if not _AT.search(text) and not _DIGITS.search(text):
        return text, Counter()
    found: Counter[str] = Counter()
    plain = _plain(text)
    for kind, pattern, holds in _kinds():
        parts, read, done = list[str](), list[str](), 0
        for match in pattern.finditer(plain):
            if holds(match):
                found[kind] += 1
                parts += [text[done : match.start()], f"[{kind}]"]
                read += [plain[done : match.start()], f"[{kind}]"]
                done = match.end()
        text, plain = "".join([*parts, text[done:]]), "".join([*read, plain[done:]])
    return text, found


def _plain(text: str) -> str:
    """The text with digits, spaces and hyphens of any script as ASCII has them, character by character."""
    if text.isascii():
        return text
    return "".join(char if char.isascii() else _as_ascii(char) for char in text)


@cache
def _as_ascii(char: str) -> str:
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    kind, made = unicodedata.category(char), unicodedata.normalize("NFKC", char)
    if kind in ("Zs", "Pd"):
        return " " if kind == "Zs" else "-"
    return made if len(made) == 1 and made.isascii() else char


_AS_THEY_ARE = frozenset(("schema", "id", "date", "rating", "ratings", "consent", "source", "language"))


def redact_fields(fields: Mapping[str, Any]) -> tuple[dict[str, Any], Counter[str]]:
    """The fields of a story with :func:`redact` done on each text or line, and the counts.

    A number given as somebody's name, as a site or as a tag is one as well.
    """
    clean, found = dict(fields), Counter[str]()

    def swap(value: Any) -> Any:
        if isinstance(value, list):
            return [swap(one) for one in value]
        if isinstance(value, Mapping):
            return {name: swap(one) for name, one in value.items()}
        if not isinstance(value, str):
            return value
        text, some = redact(value)
        found.update(some)
        return text

    for name in [name for name in clean if name not in _AS_THEY_ARE]:
        clean[name] = swap(clean[name])
    return clean, found


def personal(column: str) -> bool:
    """Whether a column's name says that it identifies a customer; such a column is never imported."""
    words = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", column)
    words = " ".join(re.sub(r"[^a-z]+", " ", words.lower()).split())
    return bool(_personal().search(words))


_Holds = Callable[[re.Match[str]], object]


def _is_card(found: re.Match[str]) -> bool:
    """Luhn's check (ISO/IEC 7812-1), on 13 to 19 digits that are not all the same, on two lines at most."""
    digits = [int(c) for c in found[0] if c.isdigit()]
    doubled = [d * 2 - 9 * (d > 4) if i % 2 else d for i, d in enumerate(reversed(digits))]
    return sum(doubled) % 10 == 0 and len(set(digits)) > 1 and found[0].count("\n") < 2


def _is_iban(found: re.Match[str]) -> bool:
    """The check digits of ISO 13616 (mod 97)."""
    plain = found[0].replace(" ", "").upper()
    return 15 <= len(plain) <= 34 and int("".join(str(int(c, 36)) for c in plain[4:] + plain[:4])) % 97 == 1


def _is_phone(found: re.Match[str]) -> bool:
    """Seven to fifteen digits (ITU-T E.164) on two lines at most, and no date, span of years or order."""
    abroad, lines = found["abroad"], found["number"].count("\n")
    number = re.sub(r"\D", "", found["number"])
    number = number.removeprefix("00") if abroad else number
    if not 7 <= len(number) <= 15 or lines > 1 or re.fullmatch(_DATE, found["number"]):
        return False
    if abroad in ("+", "＋") or "(" in found["number"]:
        return True
    groups = len(re.findall(r"\d+", found["number"]))
    if abroad == "00" and groups == 1 and len(number) < _WITH_LAND:
        return False  # noughts before a number that counts something
    if lines and groups < 3:
        return False  # two numbers, one below the other
    return not re.search(_COUNTED, found.string[max(0, found.start() - 40) : found.start()])


def _is_header(found: re.Match[str]) -> object:
    """An address, or the hour as mail programs give it: no "On 3 August she wrote:"."""
    return re.search(r"@|\d{1,2}[:.h]\d{2}|[(\[]at[)\]]", found[0])


_WITH_LAND = 10  # digits of a telephone number with its country's, written without a gap
_DATE = r"\d{1,4}[-./ ]\d{1,2}[-./ ]\d{1,4}"
# What is numbered too; a telephone number after it shows itself by a + or by brackets. Bill is a name.
_COUNTED = (
    r"(?i)(?:\b(?:orders?|invoices?|(?-i:bills?)|bookings?|reservations?|confirmations?|tickets?"
    r"|(?<!in )cases?|claims?|polic(?:y|ies)|contracts?|articles?|items?|parts?|products?|serials?|series"
    r"|tracking|parcels?|shipments?|batch(?:es)?|lots?|flights?|rooms?|references?|ref|sku|ean|isbn|po|rma"
    r"|barcode|files?|vouchers?|memberships?|licen[cs]es?)\.?(?:\s+(?:no|nr|num|numbers?|ids?|code))?"
    r"[.:]?\s*[#№]?|[#№])\s*$"
)


@cache
def _kinds() -> tuple[tuple[str, re.Pattern[str], _Holds], ...]:
    """What is replaced: its word, its pattern, its check. Made at the first use: most stories need none."""
    # The look-behind keeps a long run of letters (a pasted picture) from being tried at each of them.
    at = r"(?:[@＠﹫]|\s?[(\[{]\s?[aA][tT]\s?[)\]}]\s?)"
    dot = r"(?:[.．]|\s?[(\[{]\s?[dD][oO][tT]\s?[)\]}]\s?)"
    email = re.compile(rf"(?<![\w.+'-])[\w.+'-]+{at}(?:[\w-]+{dot})+[A-Za-zＡ-Ｚａ-ｚ]{{2,24}}\b")
    # ISO 13616: two letters, two check digits, up to 30 letters and digits, often in groups of four.
    iban = re.compile(r"\b[A-Z]{2}\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?\b", re.IGNORECASE)
    broken = r"-?[ \t]*\r?\n[ \t]*"  # at the end of a line
    card = re.compile(
        rf"(?<![\d.,])(?:\d(?:(?:[ -]|{broken})?\d){{12,18}}|\d{{4}}(?:\.\d{{4}}){{3}})(?![\d.,]?\d)"
    )
    # ITU-T E.164, as assigned: of one, two or three digits.
    land = (
        r"(?:1(?=[ .\-/]?\(?[2-9])|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58]"
        r"|(?:2[1-69]|3[578]|42|5[09]|6[7-9]|8[05-8]|9[679])\d)"
    )
    gap = rf"(?:[ .\-/\u00a0\u2009\u2010\u2011\u2013\u202f]|{broken})"
    area = rf"(?:{gap}| / )"  # "0171 / 2345678", after the area code
    # A telephone number shows itself by a +, by brackets round its area code, or by three groups of digits.
    phone = re.compile(
        r"(?<![\w.,/+＋-])(?P<number>"
        rf"(?P<abroad>[+＋]|00){land}(?:{area}?\(?\d{{1,4}}\)?){{2,6}}"
        rf"|\(0?\d{{2,5}}\)(?: |{broken})?\d{{2,4}}(?:{gap}\d{{2,5}}){{1,3}}"
        rf"|(?:1{gap})?[2-9]\d{{2}}{gap}[2-9]\d{{2}}{gap}\d{{4}}"
        rf"|0\d(?:{gap}\d{{2}}){{4}}"
        rf"|0\d{{2,4}}{area}\d{{3,4}}(?:{gap}?\d{{2,4}}){{1,2}}"
        r"|0\d{9,10}|0(?: \d){8,12}(?! \d)"
        r")(?:,?\s?(?:x|ext\.?|extension)\s?\d{1,6})?(?![\w/-]|[.,]\d)"
    )
    return (
        ("mail header", _header(), _is_header),
        ("e-mail", email, bool),
        ("bank account", iban, _is_iban),
        ("card", card, _is_card),
        ("phone", phone, _is_phone),
    )


def _header() -> re.Pattern[str]:
    """The line with which a mail quotes another: who wrote it, when and from which address."""
    wrote = r"(?:wrote|schrieb|a écrit|escribió|ha scritto|escreveu|schreef|skrev)"
    return re.compile(
        rf"(?im)^[> \t]*(?:On|Am|Le|El|Il|Em|Op|Den)\b[^\n:]{{0,40}}\d"
        rf"(?:[^\n]|\n(?![>\s])){{0,160}}?\b{wrote}\b"
        r"[^\n:]{0,120}:[ \t]*$"
        r"|^[> \t]*(?:From|To|Cc|Reply-To|Von|An|De|À|Da|Para|Van|Aan)[ \t]?:[^\n]{0,120}"
        r"(?:@|\[at\]|\(at\))[^\n]{0,160}$"
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
