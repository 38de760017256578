"""The words the rewriting of evidence knows: who staff are, which verbs can be copied, what says nothing."""

import re

from servicestory.offices import OFFICES


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


STAFF_PRONOUNS = _words("she he they")
CUSTOMER_SUBJECTS = _words("i we i've we've i'd we'd i'm we're")

# Nouns that name staff, a team or the house itself: as the subject of a verb they mean "we who work here".
STAFF_NOUNS = _words(
    """staff team crew receptionist receptionists waiter waiters waitress waitresses server servers host hostess
    manager managers supervisor supervisors concierge bellman bellmen bellhop bellboy porter porters doorman
    housekeeper housekeepers housekeeping maid maids valet valets chef chefs cook bartender bartenders barman
    barmaid barista baristas sommelier nurse nurses doctor doctors consultant surgeon midwife midwives
    physiotherapist physio therapist therapists counsellor pharmacist optician dentist hygienist carer carers
    assistant assistants clinician paramedic paramedics radiographer anaesthetist steward stewards stewardess
    stewardesses attendant attendants captain pilot purser agent agents clerk clerks driver drivers guide
    dealer dealers cashier cashiers salesperson salesman saleswoman representative rep advisor adviser engineer
    engineers technician technicians handyman plumber electrician trainer instructor teacher librarian colleague
    colleagues employee employees worker workers volunteer volunteers owner owners reception front-desk frontdesk
    desk security maintenance kitchen caretaker secretary coordinator dispatcher operator officer associate
    associates specialist lifeguard guard hairdresser stylist bell-boy hosts gm crewmember crewmembers
    analyst developer administrator bookkeeper courier mechanic gardener planner escort"""
)
# Whoever does something in a sentence, of every trade: some of these are things or places as well ("the coach").
WORKERS = STAFF_NOUNS | {
    form
    for office in {
        *OFFICES,
        *"hygienist examiner surgeon undertaker teller helpdesk adjuster assessor".split(),
    }
    - set("boy coach principal guy mover interpreter".split())
    for form in (office, f"{office}s")
}

_BY_TRADE = re.compile(
    r"\w{3,}(?:icians?|ologists?|opaths?|ographers?|keepers?|masters?|smiths?|wrights?|mongers?)"
    r"|(?:deck|dock|farm|stable|stage|yard)hands?"
)


def by_trade(word: str) -> bool:
    """Whether a word no list holds is somebody by trade, as its end says: "acoustician", "harbourmaster"."""
    return word in WORKERS or _BY_TRADE.fullmatch(word) is not None


# Whom a house serves, said as a noun.
SERVED = _words(
    """customer customers guest guests patient patients client clients visitor visitors passenger passengers member
    members resident residents gentleman lady ladies couple man men woman women boy girl pensioner pensioners
    reader readers learner learners pupil pupils student students tenant tenants widow widower caller callers user users
    applicant applicants borrower borrowers buyer shopper shoppers diner diners tourist tourists traveller travellers
    bereaved mourner mourners citizen citizens owner owners parent parents stranger newcomer newcomers mother father
    grandmother grandfather toddler teenager taxpayer neighbour"""
)

# Count as staff only next to a word of place or work ("the lady at reception", "the man who checked us in").
VAGUE_PEOPLE = _words("lady ladies gentleman gentlemen guy guys man woman girl girls person someone somebody")
HOUSE_NOUNS = _words(
    """hotel restaurant airline company cafe shop store clinic practice ward office workshop garage bank branch pharmacy
    library surgery school agency salon"""
)

# Where people of the house stand: "the lady at the desk" is one of them.
STATIONS = _words(
    "desk counter reception till office front ward gate door box-office workshop kitchen bar checkout hatch"
)

FAMILY = {
    "son": "child", "daughter": "child", "boy": "child", "kid": "child", "toddler": "child", "baby": "baby",
    "child": "child", "kids": "children", "sons": "children", "daughters": "children", "boys": "children",
    "children": "children", "grandson": "child", "granddaughter": "child", "grandchildren": "children",
    "wife": "partner", "husband": "partner", "partner": "partner", "fiance": "partner", "fiancé": "partner",
    "fiancée": "partner", "fiancee": "partner", "boyfriend": "partner", "girlfriend": "partner",
    "mother": "relative", "father": "relative", "mum": "relative", "mom": "relative", "dad": "relative",
    "parents": "family", "grandmother": "relative", "grandma": "relative", "sister": "relative",
    "brother": "relative", "family": "family", "friend": "friend", "friends": "friends", "dog": "dog",
    "cat": "cat", "puppy": "dog", "colleague": "colleague", "group": "group", "party": "group",
}  # fmt: skip

# Adverbs and fillers that may stand between a subject and its verb; they are not part of the step.
FILLERS = _words(
    """also even always then just actually really kindly immediately quickly personally happily gladly all both
    each soon later often regularly usually instantly promptly truly still so very again ever simply graciously
    generously warmly thoughtfully patiently willingly cheerfully readily eventually finally already once first
    politely carefully gently quietly proactively frequently constantly continually literally certainly
    definitely automatically unexpectedly surprisingly voluntarily spontaneously courteously efficiently
    professionally successfully subsequently consistently now"""
)

NEGATIVE = _words(
    """not no never nothing nobody none neither nor didn't don't doesn't wasn't weren't isn't aren't couldn't
    can't cannot won't wouldn't shouldn't hadn't hasn't haven't without-success refused failed forgot forgotten
    rude wrong bad worst worse terrible horrible awful poor dirty broken smelly unfortunately hardly barely
    decent mediocre average ignored ignore unhelpful complained complaint complain disappointed disappointing attitude runaround
    overcharged hassle smaller smallest downgrade downgraded cancelled canceled lied blamed annoyed annoying reluctantly
    grudgingly unable loud noisy stale excuse excuses only tried minimal limited cold cheap poorly lousy"""
)

# What a thing put right was before, or what is told of it: "copied the pictures from the broken laptop" is well done.
POOR = _words(
    """wrong bad worst worse dirty broken smelly cold cheap loud noisy stale smaller smallest limited minimal poor
    cancelled canceled"""
)

# Who is thanked for it did it: "thanks to Maria for letting us check in early".
THANKS = _words("thank thanks thankyou kudos shout-out shoutout grateful thankful props cheers hats")
# What was not done, or done by somebody else, although it is told in the same words.
NEVER_MEANT = _words("without instead rather except if would could should hope hoping wish please")

# Praise that says nothing about what was done: taken out of a step.
EVALUATIVE = _words(
    """ideal great amazing wonderful awesome lovely beautiful excellent fantastic perfect incredible good nice
    fabulous brilliant superb outstanding exceptional terrific delightful delicious gorgeous stunning super
    marvellous marvelous magnificent unforgettable memorable tremendous phenomenal fab cool pleasant
    impeccable spectacular sweet cute amazingly top-notch first-class world-class unbelievable yummy tasty
    splendid invaluable valuable special much-needed huge fun friendly kind
    caring genuine sincere big attentive absolute utmost ultimate real true prompt efficient speedy
    well-needed well-deserved bespoke thorough most quick helpful fast smooth speedy proper adequate various timely swift reliable plentiful ample reasonable"""
)
INTENSIFIERS = _words(
    "very really so super extremely truly absolutely quite incredibly pretty too such exceptionally"
)

# Content that does not make an instruction concrete.
GENERIC = _words(
    """service services experience stay help care attention effort efforts everything anything something needs need
    time visit trip day evening night extra mile way job smile things thing every best hospitality atmosphere
    feel feeling impression memory memories moment support assistance happy comfortable welcome home ease royalty
    family friends vip satisfaction expectations pleasure wishes lot lots bit part care right kindness
    respect courtesy dignity vacation holiday flight journey meal food fine ok okay well enough able more
    requests request whatever kind standard standards level quality professionalism manner difference worthwhile
    pleasant smooth easy enjoyable occasion possible problem problems issue issues situation situations
    customers customer guests guest patients patient clients client visitors visitor passengers people everyone
    everybody anyone person staff team work life world show place places whatever fun laugh all use sense
    pride interest ask asked matter matters rate location foods plenty occasions multiple several option options manner feedback times yesterday today"""
)

# What a colleague can do tomorrow. A verb outside these is taken only from a line of `behaviours:`.
COPYABLE = _words(
    """accompany acknowledge add address adjust advise alert allow announce answer anticipate apologise apologize arrange
    ask assemble assist assure attach attend bake bandage book borrow bring buy call carry cancel change
    charge chase chat check clarify clean clear collect come comp complete confirm connect contact
    cook coordinate cover cut decorate deliver demonstrate describe design direct discuss display double-check
    draw dress drive drop e-mail email encourage enquire ensure escort exchange expedite explain extend
    facilitate fetch fill find fit fix flag fold follow forward gather get give go greet guide hand hang help
    hold honor honour hug identify include inform inquire install introduce investigate invite involve iron keep
    label laminate laugh lay lead leave lend let lift light listen load locate look make match meet mend
    message mop move note notice notify observe offer open order organise organize outline pack park pass patch
    pause pay phone photocopy pick place plan play point polish post pour practise prepare prescribe present
    print prioritise prioritize process provide pull push put reach read reassure rebook recap receive recognise
    recognize recommend record redo refill refund register relocate remember remind remove rent repair
    repeat replace replenish rephrase report request rescue reschedule research reserve reset resolve respond
    restock retrieve return review ring run save scan schedule search seat secure see select send serve set
    settle share show sign signpost sit sketch smooth sort speak stamp stay stop store suggest summarise
    summarize supply surprise swap take talk teach tell test text thank tidy top trace track train transfer
    translate transport treat try turn unload unlock unpack update upgrade use visit waive wait walk warn
    wash watch wave wear weigh welcome wheel wipe wrap write accommodate accept remind introduce cater customise
    customize personalise personalize congratulate celebrate comfort deal grant invest listen
    liaise negotiate notify praise reply retrieve rinse sanitise sanitize sing smile split spot squeeze supply
    sweep vacuum validate verify volunteer refresh ship shift trim tailor warm heat chill telephone sketch film
    rearrange copy stack box pin stick tape solder dry enter stock knock look mark log polish prop raise lower plug
    wheel whisper mime interpret butter peel mind babysit push wrap dim swap soothe cheer water feed shoot fill
    strip sew knit unpack prop pad lace"""
)

# Verbs with customer only ("Welcome the guest") that are a step by themselves.
ENOUGH_ALONE = _words("greet welcome thank congratulate escort upgrade accompany update")

# Verbs after which a question or a that-clause belongs to the step.
SAYING = _words(
    "ask explain tell show see check find clarify teach inform remind describe demonstrate discuss enquire inquire confirm"
)
ENSURING = _words("ensure make check confirm")

# Verbs that stand with a passive customer: "we were offered drinks" -> "Offer the guest drinks".
PASSIVE = _words(
    """give offer greet welcome upgrade move bring serve show escort seat walk keep invite hand provide
    surprise treat call help assist upgrade contact meet drive transfer update take lead lend accompany inform"""
)

# Words allowed with capitals although they are no names.
CAPITALS = _words(
    "English German French Spanish Italian Turkish Polish Russian Arabic Portuguese Dutch Greek Chinese Japanese Ukrainian TV TVs WiFi Wi-Fi Wifi USB ID GP VIP OK CCTV PDF SMS FAQ CPR IT A&E ICU X-ray MRI GPS DVD HDMI HR CV PC PIN UV"
)

FINITE_BE = _words("was were is are been be")

HOURS = tuple("one two three four five six seven eight nine ten eleven twelve".split())  # in their order
NUMBER_WORDS = _words(
    "two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty hundred"
)
TIME_UNITS = _words(
    "second seconds minute minutes min mins hour hours hr hrs day days week weeks month months"
)
TIMES_OF_DAY = _words("morning evening night day week afternoon")
CALENDAR = _words(
    """monday tuesday wednesday thursday friday saturday sunday january february march april june july august
    september october november december christmas easter"""
)

# First names that are words too; at the head of a sentence they are people.
FIRST_NAMES = _words(
    """tom grace mark will rose hope joy bill jack frank ruth dawn faith gene rob pat sue nick ray jean dean drew grant
    harry iris ivy lily daisy jade ruby pearl robin penny josh ken victor miles max dale cliff glen lance wade sandy
    christian carol holly heather olive violet hazel ginger melody terry jimmy bobby johnny tony peter john mike
    maria anna amy ben dan jim joe kim lee sam tim ann eva ian leo mia zoe meg bob ted ed al"""
)
# Words without a place in the dictionary of forms; with a capital at the head of a sentence they are no names.
FUNCTION = _words(
    """the this that these those they their them there then our ours your yours his her hers its who whom whose which
    what when where while with without within from into onto over under after before during through around about
    every each both another because although though since until unless whether would could should shall might must
    can may and but for nor yet not all any some such than upon between among against across behind beside besides
    beyond above below throughout along toward towards everything anything something everyone anyone someone
    everybody somebody nobody nothing how why him she you per via plus once"""
)

PREPOSITIONS = _words(
    """to at in on with for from of by about into onto over under after before through during around up out off
    down near via until without within towards across behind next"""
)
THY = "thy"
"""Stands for "my" and "our" of a colleague who tells, until the customer's have been told: "our van" is "your van"."""
THOU = "thou"
"""Stands for "I" and "we" of a colleague who tells, as `THY`: "when we leave" is "when you leave"."""
DETERMINERS = _words(
    f"{THY} a an the my our your his her their some any every each all both another more extra additional"
)
DANGLING = PREPOSITIONS - {
    "up",
    "out",
    "off",
    "down",
    "over",
    "through",
    "around",
    "in",
    "on",
    "before",
    "about",
} | _words(
    "the a an my our your their and or but very so as than that his her its some any every each another both"
)

# Own things of staff: "gave us his number" -> "your number".
OWN_THINGS = _words(
    "arm hand jacket pen number card phone name colleague colleagues manager supervisor e-mail email mobile umbrella coat desk own shift extension"
)

CLAUSE_OPENERS = _words(
    "how what where when whether if why which that who so because since while as though although once but or until unless"
)
# What is done to somebody's body or clothes: "held her hand", "helped him into his coat".
DONE_TO_A_BODY = _words(
    "bandage button dress examine help hold lift massage press rub squeeze stroke support undress wash"
)
BODY = _words(
    "ankle arm arms back cap coat elbow feet finger fingers foot hair hand hands hat head jacket knee leg legs shoe shoes shoulder shoulders sleeve wrist"
)

TO_KINDS = frozenset(
    "kind nice happy able good generous sweet quick great willing ready lovely thoughtful glad pleased".split()
)

ENDERS = frozenset(
    """but because although though when while which who whom whose since so despite even except unlike than if
    unless whilst whereas where what how whether that why before until after once as however like allowing making
    considering based till knowing hearing seeing realising realizing saying due instead rather saying plus""".split()
)

STATES = frozenset(
    """be have do seem appear feel know want need like love hate believe think hope wish enjoy deserve exceed
    impress become remain own belong mean matter cost contain consist lack regret suffer fail try begin start
    continue happen occur result exist""".split()
)
# Verbs that say nothing without the place: "put the chair" is no step.
PLACING = _words("put set lay place hang move turn push shift stick pin tape fix stand lead direct")
