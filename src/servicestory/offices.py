"""What people are at work: beside it a name is a colleague's, and it stands for whoever is not named."""

from collections.abc import Iterable
from itertools import groupby

OFFICES = tuple(
    """
    accountant acupuncturist administrator adviser advisor agent anaesthetist analyst anesthetist apprentice
    assistant associate attendant attorney audiologist baker banker barber barista barkeep barkeeper barmaid
    barman barperson bartender beautician bellboy bellhop bellman bellwoman boatman bookkeeper bookseller
    bosun bouncer boy brewer broker busboy busser butcher butler captain caregiver carer caretaker carpenter
    caseworker cashier caterer chauffeur chef chiropractor cleaner clerk clinician coach cobbler colleague
    concierge conductor consultant cook coordinator cosmetologist counsellor counselor courier crewman
    crewmember croupier custodian dealer decorator dentist dermatologist developer dietician dietitian
    director dispatcher docent doctor doorkeeper doorman doula driver electrician engineer escort
    esthetician executive facilitator ferryman firefighter fireman fishmonger florist foreman forewoman
    gardener gm greengrocer greeter grocer groomer groundskeeper guard guide guy gynaecologist gynecologist
    hairdresser handyman helper host hostess housekeeper hygienist incharge innkeeper inspector installer
    instructor intern interpreter janitor jeweler jeweller lawyer lecturer librarian lifeguard locksmith
    maid mailman manager manicurist masseur masseuse matron mechanic mediator mentor midwife mixologist
    mover nanny neurologist notary nurse nutritionist obstetrician officer oncologist operator optician
    optometrist orderly orthodontist osteopath owner paediatrician painter paralegal paramedic pediatrician
    pedicurist pharmacist phlebotomist photographer physician physio physiotherapist pilot planner plumber
    podiatrist policeman policewoman porter postman postwoman practitioner principal proprietor psychiatrist
    psychologist purser radiographer radiologist ranger realtor receptionist registrar rep repairman
    representative salesgirl salesman salesperson saleswoman seamstress secretary server shopkeeper skipper
    solicitor sommelier specialist steward stewardess stylist superintendent supervisor surgeon surveyor
    tailor teacher technician teller therapist trainee trainer translator tutor undertaker upholsterer usher
    valet vet veterinarian volunteer waiter waitress warden watchman
    """.split()  # noqa: SIM905 - a page of words reads better than a page of quotes
)
"""Of service in every trade; nobody who only owns or heads a firm, whom no customer meets ("founder")."""

LONGER = (
    r"(?:delivery|service|sales)\s+(?:boy|girl|lady|man|person|executive|partner)|cabin\s+crew|maitre\s+d['’]?|"
    r"(?:team|shift|crew|section|duty|department)\s+lead(?:er)?|social\s+worker|staff\s+member|"
    r"member\s+of\s+staff|team\s+member|ground\s+staff|crew\s+member"
)
"""A pattern for offices of several words; with an s behind it, several of them."""


HEADS = r"(?:co[\s-]?)?founder|ceo|c\.e\.o\.?|chair(?:man|woman|person)|president|creator|inventor"
"""A pattern for whoever founded or heads a firm: no customer meets them."""
IN_HEADS = ("founder", "ceo", "c.e.o", "chair", "president", "creator", "inventor")
"""Letters of which one is in whatever the pattern matches: most texts have none, which is seen at once."""


def one_of(words: Iterable[str]) -> str:
    """A pattern for any of the words, by their first letter: all are tried at every word of a text."""
    letters = groupby(sorted(words), key=lambda word: word[0])
    some = (f"{letter}(?:{'|'.join(word[1:] for word in here)})" for letter, here in letters)
    return f"(?:{'|'.join(some)})"


ANY_OFFICE = f"{one_of(OFFICES)}s?"
"""A pattern for one of the offices of a single word, or several."""
