"""A colleague whose name was taken out and whom the teller names by their work as well: once is enough."""

import re

_ROLES = """assistant attendant barista barman barmaid bartender bellboy bellman captain carer caretaker cashier chef clerk
concierge cook counsellor dentist doctor doorman driver electrician engineer gardener guide hairdresser host hostess
housekeeper librarian lifeguard maid manager mechanic midwife nurse optician owner pharmacist physio physiotherapist pilot
plumber porter purser receptionist secretary sommelier steward stewardess supervisor surgeon teacher technician
therapist trainer usher volunteer waiter waitress""".split()
_WHOSE = "(?:my|our|your|the|an?|his|her|their|this|that)"
_TITLE = r"\b(?:(?:the|our) )?(?:mrs?|ms|miss|dr|sister|nurse|frau|herr)\.? "
_OPENS = re.compile(r"(?:^|[.!?:]\s+|[“\"\n])\s*$")


def by_role(text: str, colleague: str) -> str:
    """``text`` with "your therapist a colleague" as "your therapist", and "Mrs a colleague" as "a colleague".

    Args:
        colleague: what stands for a name, as it was put into the text.
    """
    what = re.escape(colleague)
    role = rf"\b({_WHOSE} (?:[a-z-]+ )?(?:{'|'.join(_ROLES)})) {what}\b(?!['’])"
    text = re.sub(role, r"\1", text, flags=re.IGNORECASE)
    return re.sub(rf"(?:{_TITLE})({what})\b", _untitled, text, flags=re.IGNORECASE)


def _untitled(found: re.Match[str]) -> str:
    opens = _OPENS.search(found.string[: found.start()]) is not None
    first = found[1][0].upper() if opens else found[1][0].lower()
    return first + found[1][1:]
