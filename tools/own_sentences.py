"""Sentences of our own writing to learn from besides labelled reviews: plain accounts of what staff did, in many trades.

Every act is told of staff (a practice), of the customer (none), as praise without an act (none) and as left undone
(a complaint), so that what is learned is who did what, not how enthusiastic the teller is.
"""

from itertools import cycle
from typing import Any

WHO = (
    "She|He|They|The porter|The nurse|Our waiter|Dana|The driver|The young man at the counter|The receptionist|"
    "A colleague from the night shift|The technician|Marek|One of the volunteers|The lady at the desk|The manager|"
    "Our case worker|The ward sister|The mechanic|Somebody from billing|The librarian|Aisha|The shop assistant"
).split("|")

ACTS: dict[str, str] = {
    "welcome": "greeted us at the door with a smile|came out from behind the desk to welcome my mother|met us at the "
    "entrance and said good morning|stood up to greet each patient as they came in|welcomed the new tenants with a "
    "cup of tea|looked up and said hello before I reached the counter",
    "know_customer": "remembered my name from last year|knew that I take my coffee without milk|greeted my father by "
    "his name|had read my file before I came in|remembered that my wife was ill in spring|recognised my voice on the "
    "phone|kept my usual table for me",
    "celebrate": "brought a small cake for my daughter's birthday|sang for our anniversary|hung a paper chain on the "
    "door for his last day of treatment|congratulated us on the wedding with two glasses of fizz|put a candle in the "
    "pudding for her birthday|wrote a card for our honeymoon",
    "upgrade": "moved us to a larger room at no extra cost|gave me a seat in first class because it was free|gave us "
    "the flat with the balcony for the same price|let us have the bigger car for the price of the small one|upgraded "
    "my ticket without being asked",
    "free_extra": "brought biscuits on the house while we waited|gave the children a free hot chocolate|put a sample "
    "of the new cream in my bag|handed out cold water on the platform|added a free jar of jam to the box|sent a small "
    "present along with the order",
    "flexible_time": "kept the kitchen open for us after ten|let us have the room at nine in the morning|stayed open "
    "until I got there from work|squeezed me in before the first appointment|let us leave the bags and check out at "
    "four|opened the shop early so that I could catch my train|waited for us although the tour should have started",
    "luggage": "carried our suitcases to the room|took the heavy boxes down to the car|lifted my case onto the "
    "rack|stored our bags until the evening|carried my shopping to the bus|brought the parcels up three floors|kept "
    "our trunks safe over the weekend",
    "local_advice": "marked the best walks on a map|told us where to eat by the harbour|gave me directions to the "
    "chapel|suggested the quiet hour at the museum|drew the way to the market on a napkin|recommended a beach without "
    "crowds",
    "fix_fault": "repaired the heater within the hour|replaced the wrong dish at once|came with a ladder and mended the "
    "lamp|corrected the mistake in the booking|sorted out the double charge the same morning|got my laptop running "
    "again|found the leak and stopped it|exchanged the faulty kettle straight away",
    "compensate": "apologised and took the meal off the bill|refunded the whole fare because of the delay|gave us "
    "another room after the pipe burst|sent a voucher to say sorry for the mix-up|waived a month's rent for the broken "
    "boiler|said sorry and offered coffee while it was put right",
    "move_place": "found us a quiet room at the back|swapped two seats so that we could sit together|moved my desk "
    "nearer to the window as I had asked|gave us the table by the window|put all five of us on the same floor|changed "
    "my bed to one by the door",
    "bring_item": "lent me an umbrella|brought two extra blankets|found a charger for my phone|lent my son a pair of "
    "boots|brought a fan because the room was hot|fetched a chair for my father|got us an adapter|lent us a cot",
    "lost_property": "found my ring and kept it in the safe|posted the forgotten teddy home|ran after me with my "
    "scarf|searched the bus until my wallet turned up|kept my glasses at the desk until I came back|returned the "
    "phone I had left behind",
    "children": "warmed the bottle for our baby|let my little boy ring the bell|gave the children crayons and "
    "paper|built a den for the kids while I filled in the forms|let our daughter stir the soup|read a story to the "
    "children",
    "pets": "put out a bowl of water for our dog|gave the dog a blanket by the stove|took the cat carrier behind the "
    "desk where it was quiet|walked our dog while we were at the doctor's",
    "special_needs": "asked the cook which dishes were safe for my nut allergy|cooked a gluten free cake for me|wrote "
    "everything down because I am deaf|spoke Polish with my mother|cut the meal up for my grandfather|brought a ramp "
    "for the wheelchair|chose a room without steps because of my knee|typed the letter in large print for her",
    "check_back": "rang the next day to ask how I was|came back twice to see if all was well|looked in every hour "
    "during the night|called a week later to hear whether the brakes were fine|stopped by our table to ask if we "
    "needed anything|topped up our tea without being asked",
    "explain": "explained each step before it began|went through the bill line by line with me|answered all our "
    "questions about the loan|showed me on a drawing how the valve works|told us in plain words what the letter "
    "meant|explained the menu to my aunt",
    "keep_informed": "told us every ten minutes what was going on|sent a message when the part had arrived|kept me "
    "informed about my claim|rang to say the nurse would be late|came through the train to say what had happened|told "
    "the queue how long it would take|wrote every Friday where my application stood",
    "listen": "listened until I had finished|put the pen down and let me talk|took an hour to hear the whole story|let "
    "my father tell it in his own time|asked what worried me and waited for the answer|did not rush me",
    "reassure": "held my hand during the injection|sat with my mother until she had calmed down|told me there was no "
    "need to be afraid and stayed beside me|talked me through the panic|comforted my daughter when she cried|calmed "
    "my nerves before the exam|stayed with us through the worst night",
    "quick_response": "answered my letter within the hour|came at once when I rang|served us within two minutes|rang "
    "back straight away|had us checked in before the kettle boiled|replied the same evening|saw to my cut "
    "immediately|picked up on the second ring",
    "transport": "drove us to the station|called a taxi and waited with me until it came|pushed my wheelchair to the "
    "gate|picked my father up from the clinic|gave us a lift to the bus stop|arranged a car to the ferry",
    "arrange": "rang three chemists until one had my tablets|booked a table for us elsewhere|got us tickets for the "
    "evening|rebooked my connection before we landed|made the appointment with the specialist for me|found me a "
    "place on the next course|ordered the part from another branch|put me in touch with the debt adviser",
    "escort": "walked me to the right ward|took us to the shelf where it stood|showed us round the house|came along to "
    "the other office with me|led my father to his seat|walked with us to the platform",
    "out_of_hours": "came out on a Sunday night|stayed two hours past the end of the shift|answered the phone at three "
    "in the morning|drove over on a bank holiday to let us in|opened the pharmacy at midnight for us",
    "converse": "chatted with my grandmother about her garden|joked with the children in the queue|asked about our "
    "trip and told us of his own|made everybody in the waiting room laugh|talked football with my son",
    "clean_refresh": "changed the towels twice a day|wiped the table before we sat down|scrubbed the bathroom until it "
    "shone|tidied the toys each evening|cleaned the wheelchair before handing it over|refilled the soap and tea every "
    "morning",
    "dignity": "closed the curtain before the examination|knocked before coming in|asked me first whether a student "
    "could watch|let my father decide for himself|respected my wish not to be called before noon|covered me with a "
    "blanket|spoke to my mother and not over her head",
    "teach": "showed me how to do the exercises at home|taught my husband to change the dressing|practised the "
    "injections with me|gave us a sheet with the steps to follow|let me try the machine until I could do it "
    "alone|taught the group how to budget",
    "family": "rang my husband after the operation|let my sister stay the night beside me|brought my daughter a chair "
    "and tea|explained it all to my parents as well|asked how I was coping as a carer|set up a bed for my wife",
    "save_money": "found a cheaper ticket for us|told me I need not buy the bigger one|honoured the price of last "
    "week|waived the fee|pointed out a grant I could get|gave us the family discount without being asked",
    "custom_food": "made a mild curry just for my aunt|cooked an omelette although it was not on the menu|recommended "
    "the soup of the day|asked how spicy we like it|mixed a drink to my taste|baked the bread without salt for us",
    "personal_touch": "left a handwritten note on the pillow|folded a swan out of the towel|drew my son's name on the "
    "cup|put wild flowers on the table for us|wrote a poem in the guest book for us",
    "anticipate": "saw me shivering and closed the window|noticed the walking stick and brought a chair|had a bag "
    "ready for my wet coat before I asked|noticed I was left-handed and moved the cup|saw that my bag was "
    "breaking and brought another",
    "team_coord": "told the next shift about me so that I need not say it again|passed my papers on to the other desk "
    "before I got there|kept the promise a colleague had made|had briefed the ward so that they expected us|made sure "
    "the evening crew knew about my diet",
    "safety": "walked me to my car because it was dark|checked who I was before giving out the key|washed hands before "
    "touching the wound|salted the steps before anybody slipped|asked everybody to put on the belts|wiped the handles "
    "with disinfectant",
    "other_practice": "came to our house because we could not travel|organised a quiz for the rainy afternoon|changed "
    "the sign after my remark|served us at the bench outside|delivered exactly what I had ordered",
}  # fmt: skip

NOTHING: dict[str, str] = {
    "GENERIC": "was so kind and helpful|was lovely|could not have been nicer|went above and beyond|was a real gem|was "
    "very professional throughout|made our stay|was fantastic from start to finish|has a heart of gold|deserves a "
    "medal|did a great job|was friendly and polite as always|took good care of us|gave excellent service",
    "NEGATIVE": "ignored us|never called back|was rude to my mother|did not even look up|kept us waiting for an "
    "hour|forgot our order twice|refused to help|shrugged and walked away|lost my papers|told us it was not their "
    "job",
    "NONE": "had worked there for years|was about thirty|was on the phone|came from the same town as my wife|took the "
    "order|took our tickets|asked for my card|was new|went home at six|works on Mondays",
}  # fmt: skip

PLAIN: dict[str, str] = {
    "NONE": "It was raining when we got off the bus|I had not slept the night before|We had booked for five nights|My "
    "mother turned eighty that week|We will be back next year|I would tell anybody to go there|I carried the bags up "
    "myself|We walked to the station and took the train|I asked at the desk|My son had a fever|We moved here in "
    "March|I lost my ring on the beach|We were stuck in traffic for hours|I did not expect much|I had an appointment "
    "at ten|We drove home on Sunday|I still think of that evening|I cried when I read it|He is my brother|The train was "
    "late|I had forgotten my charger at home|We were all tired and hungry|It was her birthday|My flight left at six",
    "FACILITY": "The room looked out on the sea|The bed was soft and the bath was hot|The pool closes at nine|The soup "
    "was thick and tasty|The car park is behind the house|The waiting room was bright|The website is easy to use|The "
    "price was fair|The house stands near the harbour|There were four lifts|The coffee was strong|The new ward is "
    "clean and quiet|The seats were narrow|Breakfast is served until ten",
    "NEGATIVE": "Nobody came when I rang|It took three weeks to get an answer|Nobody told us anything|The phone was "
    "never answered|We waited an hour and nobody said a word|My bags never arrived|Nobody apologised",
    "GENERIC": "Everybody was wonderful|What a team|Great service all round|Thank you for everything|Five stars for "
    "the staff|They all deserve praise|The service was second to none|I felt very well looked after|Amazing people",
}  # fmt: skip


def sentences() -> list[dict[str, Any]]:
    """Rows like those of the labelled file: sentence, source, practice, labels, kind; always the same ones."""
    rows: list[dict[str, Any]] = []
    who = cycle(WHO)

    def add(sentence: str, label: str, kind: str | None) -> None:
        labels = [label] if kind is None else []
        rows.append(
            {"source": "own", "before": "", "sentence": sentence, "after": "", "practice": kind is None}
            | {"labels": labels, "kind": kind}
        )

    for label, acts in ACTS.items():
        for act in acts.split("|"):
            add(f"{next(who)} {act}.", label, None)
            add(f"{next(who)} {act}.", label, None)
    for kind, ways in NOTHING.items():
        for way in ways.split("|"):
            for _ in range(4):
                add(f"{next(who)} {way}.", "", kind)
    for kind, lines in PLAIN.items():
        for line in lines.split("|"):
            add(f"{line}.", "", kind)
    return rows
