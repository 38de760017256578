"""What stands around a word that may be a name: of a customer, a place, a dish or a founder."""

import re

from servicestory.honorifics import YEARS_OLD
from servicestory.not_names import FAMILY_NAMES, IS_RELATED, NOT_NAMES, RELATED
from servicestory.offices import HEADS, IN_HEADS

# Whom a customer came with is one too, whatever they then did.
_COMPANY = (
    r"(?:came|went|visited|dined|ate|travell?ed|celebrated|been|lunch|dinner|breakfast|brunch|date|trip|outing)"
    r"(?:\s+(?:here|there|in|out|again|for|at|this|place|a|lunch|dinner|breakfast|brunch|drinks|coffee)){0,3}\s+with"
)
_CUSTOMERS = r"guests?|customers?|clients?|patients?|residents?|passengers?|birthday\s+(?:of|boy|girl)"
_CHILD = rf"(?:(?-i:\b(?:little|[Bb]aby|[Tt]oddler))|{YEARS_OLD})"  # a colleague may be called "Little Joe"
_OF_AN_AGE = r"\s*(?:,\s*(?:aged?\s+)?|\(\s*(?:aged?\s+)?|aged\s+)\d{1,2}\s*[,).]"
OPENS = re.compile(r"(?:^|[.!?]\s+|\n\s*)$")
RELATED_BEFORE = re.compile(rf"(?i)\b{RELATED}\s*,?\s*$")
GUEST_BEFORE = re.compile(rf"(?i)\b(?:{RELATED}|{_CUSTOMERS}|member|i\s+am|i['’]m|my\s+name\s+is)\s*,?\s*$")
SIGNED_BEFORE = re.compile(
    r"(?i)\b(?:regards?|cheers|sincerely|yours|love|signed|best|wishes)\s*[,-]?\s*,?\s*$"
)
_NO_MORE = re.compile(r"[ \t]*(?:(?:&|and|[A-Z])[\w.'’-]*[ \t]*){0,4}[.!]?\s*(?:\n|$)")
GUEST_SIGNS = re.compile(
    r"(?i)(?:(?<!\w)[-–—~]|\bthank(?:s|\s+you)(?:\s+(?:so|very)\s+much|\s+again)?\s*[,.!]?[ \t]*\n)\s*$"
)
CUSTOMER_BEFORE = re.compile(
    rf"(?i)\b(?:{RELATED}(?<!colleague)(?<!boss)|{_CUSTOMERS}|{_COMPANY}|{_CHILD}"
    rf"|(?:{RELATED}(?<=s)|{_COMPANY})\s*,?\s*(?-i:[A-ZÀ-ÖØ-Þ]\w+\s*(?:,|&|\band\b)\s*(?:and\s+)?){{1,4}})\s*,?\s*$"
)
# What only somebody has who is looked after: a patient, a resident, an animal.
_LOOKED_AFTER = (
    r"(?:admission|allerg(?:y|ies)|ankles?|appetite|biopsy|bladder|bloods?|bones?|carers?|cast|chemo\w*|claws?|dental|diagnosis"
    r"|discharge|drip|ears?|fever|fur|hips?|illness|infection|injections?|insulin|jaw|kidneys?|knees?|legs?|liver|lungs?|medications?"
    r"|medicines?|op|operations?|owners?|pacemaker|paws?|pills|prescriptions?|seizures?|spleen|stitches|surgery|tablets|tail|teeth|tooth"
    r"|treatments?|tumou?r|vaccinations?|wounds?|x-rays?)"
)
CUSTOMER_AFTER = re.compile(
    r"(?i)^(?:['’]s\s+(?:birthday|anniversary|party|wedding|room|family|husband|wife)\b"
    rf"|{_OF_AN_AGE}"
    r"|\s+(?:family|couple|twins|sisters|brothers)\b"
    rf"|['’]s?\s+(?:[a-z]+\s+)?{_LOOKED_AFTER}\b(?!-)"
    rf"|\s*[,(]\s*(?:who\s+(?:is|was)\s+)?{IS_RELATED}"
    r"|\s+for\s+(?:recommend|suggest)ing\s+(?:(?:me|us)\s+)?(?:this|the)\s+(?:place|restaurant|hotel|clinic|shop|store|caf[eé]|salon)\b)"
)
PLACE_BEFORE = re.compile(
    r"(?i)\b(?:in|at|from|near|around|visit(?:ed|ing)?|the|(?<!\bname )of|branch|outlet)\s+$"
)
THING_BEFORE = re.compile(
    r"(?i)(?<!-)\b(?:(?<!\bby )the|an?|(?<!walked )(?<!came )in|at|into|visit(?:ed|ing)?)\s+$"
)
TASTED_BEFORE = re.compile(  # "ordered the Captain Verano": a dish or a drink
    r"\b(?:(?i:try|tried|trying|order(?:ed|ing)?|drank|drinking|ate|eating|sipped|tasted)\s+"
    r"(?i:(?:the|an?|our|their|some|his|her|one|two|of)\s+){0,2}|(?i:had|having)\s+(?i:the|an?|some|one|two)\s+)"
    r"(?:(?!Chef\b)[A-Z][a-zà-öø-ÿ]+\s+)?$"
)
# As the post writes it behind a town: "Lacey, WA". A state that many are called by is not here ("Georgia").
_STATE = (
    r"A[BKLRZ]|BC|C[AOT]|D[CE]|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ABDEINOST]|N[BCDEHJLMSTVY]|O[HKNR]|P[AE]|QC|RI|S[CDK]|T[NX]|UT|V[AT]"
    r"|W[AIVY]|USA?|UK|U\.S\.A?|U\.K|(?:Alabama|Alaska|Alberta|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida"
    r"|Hawaii|Idaho|Illinois|Indiana|Iowa|Kansas|Kentucky|Louisiana|Maine|Manitoba|Maryland|Massachusetts|Michigan|Minnesota"
    r"|Mississippi|Missouri|Nebraska|Nevada|Ohio|Oklahoma|Ontario|Oregon|Pennsylvania|Quebec|Saskatchewan|Tennessee|Texas|Utah"
    r"|Vermont|Wisconsin|Wyoming|British\s+Columbia|New\s+(?:Brunswick|Hampshire|Jersey|Mexico|York)|Nova\s+Scotia"
    r"|(?:North|South)\s+(?:Carolina|Dakota)|West\s+Virginia)"
)
# A line that begins with a capital is a new one: "by Rosa", and then "Food was good".
_ONWARDS = r"(?:[ \t]+|[ \t]*\n(?-i:(?=[a-z])))"
PLACE_AFTER = re.compile(
    rf"(?i)^(?:{_ONWARDS}(?:hotel|restaurant|cafe|café|bar|kitchen|grill|inn|house|street|road|avenue|airport|airlines?|airways|"
    r"hospital|clinic|school|city|branch|outlet|team|staff|management|food(?!\s+(?:is|was|were|are|and)\b)|biryani|app|rooms?|suites?|towers?|"
    r"lounge|desk|casino|rewards?|members?(?:hip)?|status|program(?:me)?|service|guard|officer|elevators?|tickets?|"
    r"stores?|shops?|location|station|mall|plaza|campus|downtown|county|rd|blvd|boulevard|hwy|highway|square|centre|center|"
    r"(?-i:Air|Ave|Bay|Beach|Bridge|Creek|Drive|Heights|Hills|Island|Lake|Lane|Park|Pike|Springs|St|Town|Valley|Village))\b"
    rf"|\s*,\s*(?-i:{_STATE})\b)"
)
_FAMILY = re.compile(rf"\s+(?:{'|'.join(sorted(name.capitalize() for name in FAMILY_NAMES))})\b")
_HEAD = rf"(?:{HEADS})"
# Nobody who founded or heads the firm has served anybody: thanked for it, or called so.
FOUNDER_BEFORE = re.compile(
    rf"(?i)\b{_HEAD}(?:\s+of\s+(?:[\w'’&-]+\s+){{1,3}})?\s*[,:(-]?\s*(?:(?:mr|mrs|ms|dr)\b\.?\s*)?(?:\w+\s+)?$"
)
FOUNDER_AFTER = re.compile(
    rf"(?i)^\s*[,(-]?\s*(?:(?:our|the|your|its|a|who|is|was|as)\s+){{0,3}}(?:[\w'’&-]+\s+){{0,2}}?{_HEAD}\b"
    r"|^\s+(?:for\s+)?(?:found(?:ing|ed)|creat(?:ing|ed)|invent(?:ing|ed)|(?:start|build|built)(?:ing|ed)?)\s+"
    r"(?:this|the|your|a|an|such)\s+(?:\w+\s+){0,3}?(?:company|chain|brand|firm|place|business|franchise|empire)\b"
    r"|^\s+for\s+(?:his|her|your)\s+(?:\w+\s+){0,3}?(?:brilliance|vision|genius|innovati\w+|entrepreneur\w*|invention)\b"
)
_OF_A_HOUSE = re.compile(
    r"\b(?i:(?:in|at|near|inside|this|your|every|another|any)\s+(?:the\s+|an?\s+|your\s+)?)$"
)


def signed(text: str, start: int, end: int) -> bool:
    """Whether a text is signed with the name at [start, end): "Regards, Ilka", not "Cheers Ilka, a pint!"."""
    return (
        SIGNED_BEFORE.search(text, max(0, start - 60), start) is not None
        and _NO_MORE.match(text, end) is not None
    )


def headed(text: str) -> set[str]:
    """The words (folded) of whoever a text says founded or heads the firm: no colleague in any other."""
    low = text.casefold()
    if not any(part in low for part in IN_HEADS):
        return set()  # nearly every text: the patterns below look at each word with a capital
    found = (one["n"] for heads in (_HEADED, _HEADS) for one in heads.finditer(text))
    words = {word.casefold() for name in found for word in re.findall(r"[^\W\d_]{3,}", name)}
    return words - NOT_NAMES


_HEADED_NAME = r"(?P<n>[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]{2,}(?:\s+[A-ZÀ-ÖØ-Þ][a-zà-öø-ÿ]{2,})?)"
_HEADED = re.compile(
    rf"(?i:\b{_HEAD}\b)(?:\s+of\s+(?:[\w'’&-]+\s+){{1,3}}?)?\s*(?:[,:(-]\s*)?(?:M(?:r|rs|s)\b\.?\s*)?{_HEADED_NAME}"
)
_HEADS = re.compile(
    rf"{_HEADED_NAME}\s*(?:[,(-]\s*)?(?i:(?:(?:our|the|its|a|who|is|was|as)\s+){{0,3}}{_HEAD}\b)"
)


def house_elsewhere(text: str, start: int, end: int) -> bool:
    """Whether the word at [start, end) is a house or a town where it stands once more: "the Lacey store"."""
    word, at = text[start:end], -1
    while (at := text.find(word, at + 1)) >= 0:  # a pattern takes ten times as long in a long text
        before, after = text[max(0, at - 24) : at], text[at + len(word) : at + len(word) + 40]
        if at == start or _IN_WORD.match(before[-1:]) or _IN_WORD.match(after):
            continue
        if PLACE_AFTER.match(after) or _OF_A_HOUSE.search(before):
            return True
    return False


_IN_WORD = re.compile(r"\w")


def family_after(after: str) -> bool:
    """Whether a common family name follows and no place has both: "Tarak Ghosh", not "Tarak Ghosh Road"."""
    found = _FAMILY.match(after)
    return found is not None and not PLACE_AFTER.match(after[found.end() :])
