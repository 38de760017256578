"""What makes a word of a story the name of a colleague: a role, a serving verb or a thanks beside it."""

import re
from typing import NamedTuple

from servicestory.offices import LONGER, OFFICES, one_of


def words_of(pattern: str, least: int = 4) -> frozenset[str]:
    """The words a pattern is made of, singular and plural: a text without any of them cannot match it."""
    return frozenset(word + end for word in re.findall(rf"[a-z]{{{least},}}", pattern) for end in ("", "s"))


CAPITAL = "[A-ZÀ-ÖØ-Þ]"
_SMALL = "[a-zà-öø-ÿ'’]"
_INNER = rf"(?:(?:['’]|{_SMALL}{{1,3}}){CAPITAL})?"
ONE_WORD = rf"(?:{CAPITAL}{_INNER}{_SMALL}{{2,}}(?:-{CAPITAL}{_INNER}{_SMALL}+)?)"
"""A pattern for a word with a capital that may be a name: "Milo", "LaDonna", "O'Dell", "Anne-Marie"."""
NAME = (
    r"(?:(?:Mr|Mrs|Ms|Miss|Mister|Chef|Sister|Dr|[A-Z]{2})(?:\.\s*|\s+)){0,2}"
    rf"{ONE_WORD}(?:\s+{ONE_WORD})?"
)
LIST = rf"{NAME}(?:\s*(?:,|&|\band\b|,\s*and\b)\s*{NAME})*"
BESIDE_ROLE = words_of(
    " ".join((*OFFICES, "boy girl lady man person partner crew maitre lead leader worker member")), 2
)
"""A text without any of them names nobody with a role."""
PLAIN_ROLE = rf"(?:{one_of(set(OFFICES) - {'boy'})}|{LONGER})s?"  # a boy is as often a customer's
FIRM_BEFORE = re.compile(rf"(?:[A-Z][\w.&'’]*\s+)(?={CAPITAL})(?i:{PLAIN_ROLE})(?<=[sS])\s+$")
"""A firm that is called by its trade: "Brimble Bakers"."""
_ROLE = (
    r"(?:head\s+|assistant\s+|duty\s+|general\s+|shift\s+|front\s+desk\s+|restaurant\s+|night\s+)?"
    + PLAIN_ROLE
)
_NO_PLACE = (
    r"(?!\s+(?:hotel|place|city|town|spot|stores?|shop|house|bar|caf[eé]|country|village|neighbou?rhood)\b)"
)
SERVED = (
    r"(?:served(?!\s+(?:was|were|is|are|here|with|hot|cold|warm|fresh|at|in|on|as)\b)|helped|assisted|attended|looked\s+after|took\s+(?:very\s+|such\s+|the\s+)?(?:good\s+|great\s+)?care|"
    r"(?:is|was|were)\s+(?:taking\s+(?:good\s+|great\s+)?care|(?:attending|serving|helping|assisting|guiding|looking\s+after|"
    r"waiting\s+on)\s+(?:to\s+)?(?:us|me|our|my)\b)|(?:works?|working)\s+here\b|"
    r"greeted|welcomed|waited\s+on|arranged|offered|recommended|suggested|guided|explained|fixed|sorted|"
    r"checked\s+us\s+in|upgraded|organi[sz]ed|surprised|made\s+(?:sure|our|us|my)|went\s+(?:out|above|the)|"
    r"was\s+(?:\w+\s+){0,2}(?:helpful|attentive|courteous|polite|friendly|kind(?!\s+of)|hospitable)"
    + _NO_PLACE
    + r"|"
    r"(?:still\s+)?was\s+(?:\w+\s+){0,2}(?:apologetic|patient|caring|thoughtful|gracious|considerate)|"
    r"(?:came|comes)\s+(?:over\s+)?to\s+(?:our|my)\s+(?:rescue|table|aid|help)|"
    r"(?:is|are|were)\s+(?:\w+\s+){0,2}(?:helpful|attentive|courteous|polite|friendly|hospitable)"
    + _NO_PLACE
    + r"|"
    r"(?:is|was|are|were)\s+(?:\w+\s+){1,3}(?:in|at|with)\s+(?:h(?:is|er)\s+|their\s+)?(?:service|serving|hospitality)|"
    r"(?:is|was|has\s+been)\s+(?:our|my|the|a|an)\s+(?:\w+\s+){0,2}" + _ROLE + r")"
)
_WELL_DONE = (  # a house does it as well as somebody
    r"(?:(?:provided?s?|gave|gives?|did|do(?:es)?|(?:has|have)\s+(?:given|done|provided)|rendered|offered|offers|delivered|"
    r"delivers|(?:is|are|was|were)\s+(?:doing|giving|providing))\s+(?:[\w'’]+\s+){0,4}?(?:service|hospitality|job|work|best)\b)"
)
DID = (
    r"(?:brought|brings|carried|carries|walked|walks|drove|drives|showed|shows|phoned|phones|rang|rings|called|"
    r"calls|gave|gives|lent|lends|wrote|writes|drew|draws|found|finds|fetched|fetches|prepared|prepares|cooked|cooks|"
    r"repaired|mended|packed|packs|took|takes|led|leads|asked|asks|filmed|accompanied|explained\s+to|met|meets|"
    r"handed|hands|checked\s+on|waited\s+for|moved)"
)
THANKS = (
    r"(?:thankyou|thanku|thankq|\d\s*stars?\s+to|thanks?(?:\s+(?:a\s+lot|so\s+much|you|again))*(?:\s+to)?|"
    r"thank\s+(?:yo)?u(?:\s+(?:so|very)(?:\s+so)*\s+much|\s+again)*(?:\s+to)?|tysm|thx(?:\s+to)?|"
    r"thanx\s+to|thnx\s+to|kudos\s+to|shout[\s-]*out\s+to|credit\s+(?:goes\s+)?to|hats\s+off\s+to|"
    r"(?:special|specially)\s+(?:mention|mentioning|mentioned)(?:\s+(?:to|of))?|"
    r"special\s+thanks\s+to|shout\s+to|compliments\s+to|well\s+done|cheers\s+to|(?:grateful|thankful)\s+to|appreciate|kudos)"
)
_APART = (
    r"(?i:(?:with|for|to|from|by|as|than|at|when|while|until|before|after|into|about|they|we|he|she|you|i|it|"
    r"who|is|was|are|were)\b)"
)
"""Between a name and its role stands none of these: "Read it with the colleague", "Ana, the way he cooks"."""
_TITLE = rf"(?i:(?:our\s+|(?:mr|mrs|ms)\b\.?\s*)(?:{_ROLE}\s+)?|the\s+{_ROLE}\s+)?"


WORKPLACE = (
    r"(?:(?:from|of)\s+(?:the\s+)?(?:front\s+|help\s+|night\s+)?(?:desk|counter|reception|kitchen|laundry|housekeeping|"
    r"bar|payroll|service|team|shift|workshop|dining\s+room|restaurant|spa|pharmacy|ward)"
    r"|(?:at|in|on)\s+(?:the\s+)?(?:(?:front|help|night)\s+(?:desk|counter|shift|reception|team)|desk|counter|"
    r"check[\s-]?(?:in|out)|tills?|register|drive[\s-]?(?:thru|through)|service\s+desk|reception|laundry|housekeeping|payroll|workshop|pharmacy|ward))"
)


class Cue(NamedTuple):
    """What makes a word a name: the pattern (its group n the names), and words a text needs for it.

    ``begins`` says that the pattern begins with the names, so that it is tried only where one could be;
    ``given`` that one of the names has to be a first name, as dishes and houses stand there as well,
    ``unworded`` that it may be any that the dictionary does not have, too. ``heads`` are the words a pattern
    that does not begin with the names begins with, so that it is tried only at these.
    """

    pattern: re.Pattern[str]
    why: str
    words: frozenset[str]
    begins: bool
    given: bool = False
    unworded: bool = False
    heads: frozenset[str] = frozenset()


_OFFICE_HEADS = frozenset(word + end for word in OFFICES for end in ("", "s")) | words_of(
    "delivery service sales cabin maitre team shift crew section duty department social staff member ground"
)
"""The first words of :data:`PLAIN_ROLE`."""


# What is said of nobody but somebody; a friendly place is none.
_OF_PEOPLE = (
    r"(?:(?:friendly|helpful|attentive|courteous|polite|hospitable|welcoming|caring|patient|considerate|kind)"
    r"(?!\s+(?:of|in|to|and\s+\w+\s+\w+|staff|people|team|service|atmosphere|environment)\b)"
    + _NO_PLACE
    + r"|such\s+an?\s+(?:\w+\s+)?help|person|soul|gem|angel|sweetheart|gentleman"
    r"|(?:speak|talk|chat|deal|work)\s+(?:to|with))\b"
)
_STAFF = r"(?:staffs?|team|crew|desk|reception|employees|people|everyone|everybody|service|hospitality)"
_ABOVE_ALL = r"(?:e?specially|specifically|particularly|in\s+particular|above\s+all|esp\.?)"
ROLE = "named with a staff role"
SERVES_US = "said to have served"
PRAISED = "praised by name"
GIVES = re.compile(
    rf"\s+(?:(?!(?:was|were|is|are|been|got)\b)\w+\s+){{0,2}}(?i:{DID})\s+"
    r"(?i:us|me|him|her|them|my|our|every|each|the\s+(?:\w+\s+)?(?:guest|customer|client|patient)s?)\b"
)
"""What whoever serves does, after a name, and what others do as well: "brought us plums"."""

CUES = (
    Cue(
        re.compile(rf"(?i:\b{THANKS})[\s,:!-]+{_TITLE}(?P<n>{LIST})"),
        "thanked",
        words_of(THANKS) | {"hats", "thx"},
        False,
        heads=words_of(
            "thankyou thanku thankq thank tysm thx thanx thnx kudos shout shoutout credit hats special "
            "specially compliments well cheers grateful thankful appreciate"
        )
        | {"thx"},
    ),
    Cue(
        re.compile(
            rf"(?i:\b{PLAIN_ROLE})(?:\s*[,:(\"'-]?\s*|\.(?=\S))"
            rf"(?i:(?:named|called|name\s+(?:is|was)|was|is|by\s+(?:the\s+)?name(?:\s+of)?|of)\s+)?(?P<n>{LIST})"
        ),
        ROLE,
        BESIDE_ROLE,
        False,
        heads=_OFFICE_HEADS,
    ),
    Cue(
        re.compile(
            rf"(?P<n>{LIST})\s*(?:[,(-]?\s*\b(?i:(?:who\s+(?:is|was)\s+)?(?:our|the|my|their|these|those|a))\s+"
            rf"(?:(?!{_APART})[\w&/'’-]+\s+){{0,3}}|,\s*)(?i:{_ROLE}\b)"
        ),
        ROLE,
        BESIDE_ROLE,
        True,
    ),
    Cue(
        re.compile(rf"(?P<n>{LIST})\s*,?\s*\(\s*(?i:(?:[\w&]+\s+)?{PLAIN_ROLE}\b)"),
        ROLE,
        BESIDE_ROLE,
        True,
    ),
    Cue(
        re.compile(
            rf"(?P<n>{LIST})\s+(?i:(?:who\s+)?(?:(?:really|always|also|still|kindly|very)\s+)?{SERVED}\b)"
        ),
        SERVES_US,
        words_of(SERVED, 2) | {"organised", "organized"},
        True,
    ),
    Cue(
        re.compile(rf"(?P<n>{LIST}){GIVES.pattern}"),
        SERVES_US,
        words_of(DID, 3),
        True,
    ),
    Cue(
        re.compile(
            rf"(?P<n>{NAME})\s*[,–—-]\s*(?i:s?he\s+"
            rf"(?:(?:is|was|has|had|even|also|always|really|never|just)\b|{SERVED}\b|{DID}\b))"
        ),
        "spoken of as he or she",
        frozenset({"he", "she"}),
        True,
    ),
    Cue(
        re.compile(rf"(?P<n>{LIST})\s*,?\s+(?i:{WORKPLACE}\b)"),
        "named with a place of work",
        words_of(WORKPLACE, 3),
        True,
    ),
    Cue(
        re.compile(
            r"(?i:\b(?:(?:served|serviced|helped|assisted|attended|looked\s+after|greeted|welcomed|hosted|treated|guided|entertained|service|hospitality|delivery|care|support)\s+"
            r"(?:(?:us|me|to)\s+)?(?:very\s+|so\s+|really\s+)?(?:well\s+)?(?:of\s+us\s+)?"
            r"|(?:service|hospitality|support|help)\s+(?:(?:was|is|we\s+got|especially|mainly|\w+ly)\s+){0,2}"
            r"(?:given|provided|done|offered|extended|rendered|shown|made|especially|mainly)\s+(?:to\s+us\s+)?)by)\s+"
            rf"{_TITLE}(?P<n>{LIST})"
        ),
        SERVES_US,
        frozenset({"by"}),
        False,
        heads=words_of(
            "served serviced helped assisted attended looked greeted welcomed hosted treated guided "
            "entertained service hospitality delivery care support help"
        ),
    ),
    Cue(
        re.compile(rf"(?P<n>{LIST})\s+(?i:as|for)\s+(?i:our|my|a|the)\s+(?:[\w&/]+\s+){{0,2}}(?i:{_ROLE}\b)"),
        ROLE,
        BESIDE_ROLE,
        True,
    ),
    Cue(
        re.compile(
            rf"(?P<n>{LIST})\s+(?i:(?:(?:very|so)\s+)?(?:good|great|nice|best|excellent|kind|friendly)\s+{_ROLE}\b)"
        ),
        ROLE,
        BESIDE_ROLE,
        True,
    ),
    Cue(
        re.compile(
            r"(?i:\bask\s+for\s+|\b(?:not|never|can(?:no|['’])?t)\s+forget\s+(?:to\s+(?:mention|thank)\s+)?|\bmention\s+(?:about\s+)?|\b(?:service|hospitality|help|care|kindness|attention|support)\s+"
            r"(?:(?:we|i)\s+(?:got|had|received)\s+)?from\s+|\b(?:staffs?|team|crew|guys|everyone|everybody|waiters|servers|people|"
            r"colleagues|employees|hosts|nurses|ladies|folks)\s*(?:[(:–—-]\s*|,?\s*(?:like|namely|especially|specially|particularly|"
            r"mainly|above\s+all|such\s+as|including)\s+)|\b(?:service|hospitality)\s*\(\s*|\b(?:service|hospitality|staffs?|team)\b[^.!?]{0,30}\b(?:especially|specially|particularly|mainly)\s+(?:by\s+|from\s+)?)"
            rf"{_TITLE}(?P<n>{LIST})"
        ),
        PRAISED,
        words_of(
            "for forget mention from service hospitality staff team crew guy everyone everybody waiter "
            "server people colleague employee host nurse ladies folk",
            3,
        ),
        False,
        True,
        heads=words_of(
            "ask not never can cant cannot mention service hospitality help care kindness attention support "
            "staff team crew guys everyone everybody waiters servers people colleagues employees hosts "
            "nurses ladies folks",
            3,
        ),
    ),
    Cue(
        re.compile(
            rf"(?P<n>{LIST})\s+(?i:was\s+(?:\w+\s+){{0,2}}(?:amazing|excellent|fantastic|wonderful|outstanding|exceptional)\b)"
        ),
        SERVES_US,
        words_of("amazing excellent fantastic wonderful outstanding exceptional"),
        True,
        True,
    ),
    Cue(
        re.compile(rf"(?P<n>{LIST})\s+(?i:{_WELL_DONE})"),
        SERVES_US,
        words_of("service hospitality job work best"),
        True,
        True,
    ),
    Cue(
        re.compile(
            rf"(?:^|(?<=[.!?])\s*|\n\s*)(?P<n>{LIST})\s*[-–—:]\s*(?i:(?:good|gud|great|nice|awesome)\s+(?:job|work)\b)"
        ),
        PRAISED,
        frozenset({"job", "work"}),
        False,
    ),
    Cue(
        re.compile(
            r"(?i:\b(?:good|gud|great|nice|awesome|amazing|excellent|superb|fantastic)\s+(?:job|work)(?:\s+by)?)"
            rf"[\s,:-]+{_TITLE}(?P<n>{LIST})(?=\s*(?:[.!]|$))"
        ),
        PRAISED,
        frozenset({"job", "work"}),
        False,
    ),
    Cue(
        re.compile(
            rf"(?:^|(?<=[.!?])\s*|\n\s*)(?P<n>{LIST})\s*[,-]?\s*(?i:thank(?:s|\s*you)\b)", re.MULTILINE
        ),
        "thanked",
        frozenset(["thank", "thanks", "thankyou"]),
        False,
        True,
    ),
    Cue(  # "Milo and Bo at the desk are always so kind"
        re.compile(
            rf"(?P<n>{LIST})\s+(?:(?:at|from|behind)\s+(?:[\w'’&-]+\s+){{1,7}}?)?(?i:(?:is|was|are|were|ha(?:s|ve)\s+been)\s+"
            rf"(?:(?!(?:where|when|that|which|who|because|with|full|for|in)\b)[\w'’-]+\s+){{0,6}}?{_OF_PEOPLE})"
        ),
        SERVES_US,
        words_of(_OF_PEOPLE),
        True,
        True,
    ),
    Cue(  # "Ilka, the young lady at the counter"
        re.compile(
            rf"(?P<n>{NAME})\s*,\s*(?i:(?:the|our|an?)\s+(?:[\w'’-]+\s+){{0,2}}(?:girl|lady|guy|gent|gentleman|man|woman|person)\s+"
            r"(?:at|in|on|from|behind|who)\b)"
        ),
        ROLE,
        words_of("girl lady guy gent gentleman man woman person", 3),
        True,
        unworded=True,
    ),
    Cue(  # "the staff were kind, especially Ilka", "the front desk (Ilka)"
        re.compile(
            rf"(?i:\b(?:{_STAFF}|{PLAIN_ROLE})(?:\s+(?:(?:was|were|is|are|have\s+been)\s+)?(?:[\w'’-]+\s+){{0,3}}?[\w'’-]+)?\s*[,;(–—-]?\s*(?:and\s+)?"
            rf"{_ABOVE_ALL}\s+|\b(?:desk|reception|counter|bar)\s*\(\s*|\b(?:team|crew|staff)\s+with\s+)(?P<n>{LIST})"
        ),
        PRAISED,
        words_of(_ABOVE_ALL) | words_of("especially desk reception counter bar team crew staff esp", 3),
        False,
        unworded=True,
        heads=_OFFICE_HEADS
        | words_of(
            "staff team crew desk reception employees people everyone everybody service hospitality counter "
            "bar",
            3,
        ),
    ),
    Cue(  # "employees like Ilka", "to recognise Ilka", "an employee Ilka", "a lady called Ilka"
        re.compile(
            r"(?i:\b(?:is|are|of|with|by|to|from|have|has|more)\s+(?:employees|staff|people|workers|colleagues)\s+like\s+"
            r"|\b(?:acknowledge|recogni[sz]e|commend|praise|applaud)\s+(?:(?:an?|the|your|our|my)\s+(?:[\w'’-]+\s+){0,3}(?=(?-i:[A-Z])))?"
            r"|\b(?:employee|worker|(?:crew|young|sales)\s+(?:lady|man|woman|gentleman))\s*,?\s+"
            r"|\b(?:employee|worker|lady|gentleman|woman|man|person)\s+(?:(?:was|is|who\s+is)\s+)?(?:called|named)\s+"
            rf"|\b(?:his|her)\s+name\s+(?:is|was)\s+)(?P<n>{LIST})"
        ),
        PRAISED,
        words_of(
            "employee staff people worker colleague acknowledge recognise recognize commend praise applaud "
            "lady gentleman woman man person name",
            3,
        ),
        False,
        unworded=True,
        heads=words_of(
            "is are of with by to from have has more acknowledge recognise recognize commend praise applaud "
            "employee worker crew young sales lady gentleman woman man person his her",
            2,
        ),
    ),
    Cue(  # "Ilka who told us about it"
        re.compile(
            rf"(?P<n>{NAME})\s*,?\s+(?i:who\s+(?:\w+ly\s+)?(?:told|tells|{DID})\s+(?:me|us|my|our)\b)"
        ),
        SERVES_US,
        frozenset({"who"}),
        True,
        unworded=True,
    ),
    Cue(  # "We love Craig! His smile …"
        re.compile(
            rf"(?i:\b(?:we|i)\s+(?:all\s+|just\s+|really\s+)?(?:love[ds]?|adored?|miss)\s+)(?P<n>{NAME})(?=[!.,]\s[^.!?]{{0,80}}\b(?i:s?he|his|her)\b)"
        ),
        PRAISED,
        words_of("love loved adore adored miss"),
        False,
        True,
    ),
)

DOES = re.compile(
    rf"(?i)\s*,?\s*(?:(?:who|also|again|always|really|very|still|just|then|even|kindly|\w+ly)\s+){{0,3}}(?:{SERVED}"
    rf"|{DID}\s+(?:us|me|him|her|them|my|our|every|each|the\s+\w+)|(?:is|was|were)\s+(?:(?:so|very|really|super|just|absolutely|such\s+an?|an?)\s+)?"
    r"(?:great|good|lovely|wonderful|fantastic|awesome|sweet|brilliant|nice|superb|amazing|excellent|outstanding|gem|star|on\s+duty|there\s+for)"
    r"|(?:came|comes|told|tells|said|says|smiled|smiles|knew|knows|went|works|worked|stayed|listened)\b)\b"
)
"""What somebody with a name does, after it: sure of a known name only."""

WORDLIKE = re.compile(r".*(?:ly|ed|ing|tion|ment|ness|ful|able|less|(.)\1\1.*)|[^aeiouy]+")
"""Words of which the dictionary has not every form, or that are no words at all ("plzz", "alll")."""
