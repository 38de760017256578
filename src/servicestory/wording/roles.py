"""Texts from which names were taken out read on: the role beside a name stands for it, titles and lists go."""

import re
from collections.abc import Collection, Iterable
from itertools import pairwise

from servicestory.honorifics import ANY_TITLE, YEARS_OLD
from servicestory.not_names import RELATED
from servicestory.offices import HEADS, LONGER, OFFICES, one_of
from servicestory.text import initials, one_line
from servicestory.wording.joined import Words, joined, opens, past, whole_name
from servicestory.wording.small_letters import is_somebody

_WORD = re.compile(r"[^\W_]+")
_GAP = re.compile(r"[\s\-.'’_]{1,3}")
_WHOSE = "(?:my|our|your|the|an?|his|her|their|this|that)"
KIND = "(?:assistant|banquet|bar|delivery|duty|executive|floor|front desk|general|head|(?:in[- ])?house|main|night|restaurant|service|shift|team)"
_WHEN = r"(?: (?:today|tonight|(?:for|of) the (?:day|night|evening)|that (?:day|night|evening))\b,?)"
# What may stand between whose and the role: "a very nice young lady".
_LIKE = r"(?:(?:very|really|so|such|most|super|always|nice|kind|lovely|sweet|young|friendly|helpful|great|good|[a-z]+ly) )"
_NAMED = r"(?:,? (?:named|called|by (?:the )?name(?: of)?|whose name (?:is|was)|name)\b)"
_ANY_TITLE = rf"(?:(?-i:{ANY_TITLE}|Lady|Lord)|(?<!we )(?<!i )(?<!to )(?<!ll )miss|sir|madam|sister|nurse)(?:\b\.?\s*|\.\s*)"
_ARTICLES = "l[ae]|el|il|de[rmns]?|die|eine?[mnrs]?|een|une?|una|o"  # some languages have one before a title: "la señora Ruiz"
_TITLE = (
    rf"\b(?:(?:the|our|{_ARTICLES}) )?(?:{_ANY_TITLE}(?:(?:and|&|und|et|y|e|en|og)\s+)?)+"  # "Mr and Mrs"
)
# What is put before a name without an article, and not before "a colleague": "Old Holm".
_FOND = rf"(?<![\w-])(?:(?:the|our|my|this|that) )?(?:{YEARS_OLD}|old|young|little|baby|big|poor|dear|elderly|lovely|sweet) "
_OPENS = re.compile(r"(?:^|(?<!\bmr)(?<!\bms)(?<!\bdr)(?<!\bmrs)[.!?:]\s+|[“\"\n])\s*$", re.IGNORECASE)
_SIGNS = r"(?P<sign>(?:[-–—~]|\b(?:regards|sincerely|yours|love|wishes))\s*[,-]?\s*)"
_MANY = {"barman": "barmen", "bellman": "bellmen", "doorman": "doormen", "staff": "staff"}
_LAST_WORD = re.compile(r"([^\W\d_]+)\s+$")
_A_WORD = 80  # characters that hold the word before; no whole text is looked through for it
_NEXT_WORD = re.compile(r"\s+([a-z]+)")
_TO_SOMEBODY = frozenset(("for", "to", "with", "by", "from", "of", "at", "on", "behind", "beside", "after"))
_AGREES = {"was": "were", "is": "are", "has": "have", "does": "do"}


def by_role(text: str, colleague: str, customer: str = "a customer") -> str:
    """``text`` without what a name leaves behind where "a colleague" took its place.

    "Your therapist a colleague" and "server a colleague" are "your therapist" and "the server", "Mrs a
    colleague" is "a colleague", "a colleague,a colleague or a colleague" are "colleagues".

    Args:
        colleague: what stands for a name, as it was put into the text.
        customer: what stands for a customer's name.
    """
    several = f"{colleague.removeprefix('a ')}s"
    one = re.escape(colleague)
    both = rf"(?P<who>{one}|{several})\b"
    anybody = rf"(?:{one}|{re.escape(customer)})"
    someone = rf"(?P<who>{anybody}|{several})\b"
    text = re.sub(rf"{_TITLE}{someone}", _untitled, text, flags=re.IGNORECASE)
    text = re.sub(r"(?m)^dear an? (?=\w+\s*,)", "Dear ", text, flags=re.IGNORECASE)
    text = re.sub(rf"{_FOND}{someone}", _untitled, text, flags=re.IGNORECASE)
    text = re.sub(
        rf"\b(?:the|an?|this|{_ARTICLES}) (?P<who>{anybody}\b)", _untitled, text, flags=re.IGNORECASE
    )
    text = re.sub(rf"(?<!\*)\b({one}|{several})\s?\*{{2,}}", r"\1", text, flags=re.IGNORECASE)  # "Rosa M***"
    visitor = re.escape(customer)
    text = re.sub(  # "my friends Ilka, Bo and Cy"
        rf"(\b{RELATED}(?<=s)),?\s+{visitor}(?:(?:\s*[,&/]\s*(?:and )?|\s+(?:and|or|n)\s+){visitor})*\b(?!['’])",
        r"\1",
        text,
        flags=re.IGNORECASE,
    )
    text = re.sub(
        rf"(?P<whose>\b(?:{RELATED}|guests?|customers?|clients?|patients?|residents?|(?<!\ba\s)colleague))"
        rf"(?:,\s+(?P<apart>{anybody})\b(?!['’])(?P<closed>,?)|\s+{anybody}\b(?!['’]))"
        rf"|\bcolleague\s+{anybody}\b(?!['’])",
        _beside_whose,
        text,
        flags=re.I,
    )
    text = re.sub(
        rf"\b((?:thanks|thank\s+you)(?:\s+(?:so|very)\s+much)?) (?={one}\b)", r"\1 to ", text, flags=re.I
    )
    text = re.sub(
        rf"(\b(?:I\s+am|I['’]m|my\s+name\s+is)\s+|{_SIGNS}){one}(?=(?(sign)\W*$))",
        lambda m: m[1] + customer,
        text,
        flags=re.I,
    )
    text = re.sub(
        rf"\b(?P<first>{one}|{several})"
        rf"(?:(?:\s*[,&/]\s*(?:and )?|\s+(?:and|or|n)\s+)(?:{one}|{several}))+\b(?!['’])",
        lambda m: _together(m, several),
        text,
        flags=re.IGNORECASE,
    )
    whose = rf"(?P<whose>\b{_WHOSE} {_LIKE}*(?:[a-z-]+ )?)?"
    role = rf"(?P<role>\b(?:(?:{KIND} )?{one_of(OFFICES)}|{LONGER}|{HEADS}))(?P<many>s?)(?P<when>{_WHEN}?)"
    text = re.sub(
        rf"{whose}{role}{_NAMED}?(?:\s*:\s*| [@#-] ?|[ @])(?P<quote>[\"'“‘(]?){both}(?:(?<=\w)[\"'”’)](?!s\b))?",
        _role_alone,
        text,
        flags=re.IGNORECASE,
    )
    text = re.sub(
        rf"(\b{_WHOSE} (?:{_LIKE}+(?:lady|girl|man|woman|gentleman)|(?:lady|girl|man|woman|gentleman)(?={_NAMED})))"
        rf"{_NAMED}? {one}\b(?!['’])",
        r"\1",
        text,
        flags=re.IGNORECASE,
    )
    return re.sub(rf"\b([Cc]olleagues) ({'|'.join(_AGREES)})\b", lambda m: f"{m[1]} {_AGREES[m[2]]}", text)


def untitled(text: str, *stand_ins: str) -> str:
    """``text`` without the title and the article before what stands for a name: no "einer Frau [Gast]"."""
    someone = "|".join(map(re.escape, stand_ins))
    return re.sub(
        rf"(?:{_TITLE}|\b(?:{_ARTICLES}) )(?P<who>{someone})",
        lambda found: found["who"],
        text,
        flags=re.IGNORECASE,
    )


_SERVED = re.compile(r"(?:guest|customer|client|patient|resident)s?", re.IGNORECASE)
_DOES = re.compile(r"(?:\s+(?:and|&)\s+\w+ colleague)*(?:\s+(?:\w+ly|also|always|just|then))*\s+([a-z]+)")


def _beside_whose(found: re.Match[str]) -> str:
    """Whose name stood beside them, without it; but in "Deaf customer, Ida wrote it down" Ida did it."""
    whose, apart = found["whose"], found["apart"]
    if apart and apart.casefold().endswith("colleague") and not found["closed"] and _SERVED.fullmatch(whose):
        does = _DOES.match(found.string, found.end())
        if does:
            from servicestory.wording.morphology import past_lemma, third_lemma  # much to load

            if past_lemma(does[1]) or third_lemma(does[1]):
                return found[0]
    return whose or "colleague"


def _together(found: re.Match[str], several: str) -> str:
    """Colleagues in a row as one word, unless the last of them begins what is said next.

    In "Ada lifted it for Milo and Rosa held the door" the row is no list: whoever is spoken of before is not
    whoever did what follows.
    """
    before = _LAST_WORD.search(found.string, max(0, found.start() - _A_WORD), found.start())
    after = _NEXT_WORD.match(found.string, found.end())
    if before and after:
        from servicestory.wording.morphology import past_lemma, third_lemma  # their tables take long to load

        aimed = before[1].casefold() in _TO_SOMEBODY or past_lemma(before[1].casefold())
        if aimed and (past_lemma(after[1]) or third_lemma(after[1])):
            return found[0]
    return several.capitalize() if found["first"][0].isupper() else several


def _untitled(found: re.Match[str]) -> str:
    who = found["who"]
    return (who[0].upper() if _opens(found) else who[0].lower()) + who[1:]


def _role_alone(found: re.Match[str]) -> str:
    """The role with its "our" or "the", one of them or several; a closing mark stays unless one was opened."""
    whole = found[0]
    role = found["role"] + found["many"]
    if found["who"].casefold().endswith("colleagues") and not found["many"]:
        role = _MANY.get(role.casefold(), f"{role}s")
    if found["whose"]:
        said = found["whose"] + role
    else:
        said = ("The " if _opens(found) else "the ") + role[0].lower() + role[1:]
    when = found["when"].rstrip(",")
    tail = "" if found["quote"] or whole[-1].isalnum() else whole[-1]
    return said + when + tail


def _opens(found: re.Match[str]) -> bool:
    return opens(_OPENS, found.string, found.start())


def without_names(text: str, names: Iterable[str], stand_in: str = "our colleague") -> str:
    """``text`` on one line with every name of staff as "our colleague", several of them as "our colleagues".

    Another ``stand_in``, of another language, stands as it is.

    A name nobody put on the staff list, joined to one that is there ("Rosa and Xaver", "Ilka, Xaver and Rosa"),
    goes with it: most likely it is a colleague's as well.
    """
    line, names = one_line(text), list(names)
    short = [form for name in names if (said := initials(name)) for form in ((said,), tuple(said))]
    family = {tuple(_WORD.findall(name)[-1:]) for name in names if " " in name and not initials(name)}
    forms = {(*form, *last) for form in short for last in ((), *family)} | {
        tuple(_WORD.findall(part))
        for name in names
        for part in (name, *name.split())
        if len(part) > 2 and part[0].isupper()
    }
    longest = max(map(len, forms), default=0)
    words = list(_WORD.finditer(line))
    out, at, done = [], 0, 0
    while at < len(words):
        count, owner = _on_list(line, words[at : at + longest], forms)
        if not count:
            at += 1
            continue
        name = (at, at + count) if owner else whole_name(line, words, at, at + count)
        before, after = ([], []) if owner else joined(line, words, name)
        for first, end in (*before, name, *after):
            if words[end - 1].start() < done:
                continue
            out += [line[done : max(words[first].start(), done)], stand_in]
            done = past(line, words[end - 1]) - owner
        at = end
    if stand_in != "our colleague":
        return untitled("".join(out) + line[done:], stand_in)
    line = by_role("".join(out) + line[done:], stand_in)
    return re.sub(r"(^|[.!?] |“)o(?=ur colleague)", r"\1O", line)


def _on_list(line: str, words: Words, forms: Collection[tuple[str, ...]]) -> tuple[int, bool]:
    """How many of the words are a name, 0 for none, and whether an s was put to the last ("Rosas")."""
    for count in range(len(words), 0, -1):
        if not all(_GAP.fullmatch(line[a.end() : b.start()]) for a, b in pairwise(words[:count])):
            continue
        form = tuple(word[0] for word in words[:count])
        usual = tuple(word.capitalize() for word in form)
        if (  # "anna berg", "ANNA BERG"; "berg" where it is no word
            usual in forms
            and usual != form
            and (count > 1 or (form[0].islower() and is_somebody(line, *words[0].span())))
        ):
            return count, False
        if form in forms:
            return count, False
        if (*form[:-1], form[-1].removesuffix("s")) in forms:
            return count, True
    return 0, False
