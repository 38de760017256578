"""More ways in which tellers say it; each pair was read and judged by a person."""

import pytest

from servicestory.wording.instructions import instructions


@pytest.mark.parametrize(
    ("told", "wanted"),
    [
        ("She asked all of us if we had any questions.", ["Ask the guest if they have any questions"]),
        ("We were all given a map at no extra charge by the guide.", []),
        ("They offered us a drink in less than 10 minutes.", ["Offer the guest a drink"]),
        ("The porter brought the bags up within five minutes.", ["Bring the bags up"]),
        ("They let us check in two hours early.", ["Let the guest check in early"]),
        ("He gave us a table for three weeks.", []),
        (
            "They treated us to champagne for our 25th birthday.",
            ["Treat the guest to champagne for their birthday"],
        ),
        (
            "They treated us to champagne for our fiftieth birthday.",
            ["Treat the guest to champagne for their birthday"],
        ),
        ("She gave us a clear and friendly explanation.", ["Give the guest a clear explanation"]),
        ("The Concierge called a taxi for us at Harbour Street.", ["Call a taxi for the guest"]),
        ("She met us at the Harbour Gate with a towel.", []),
        ("They showed us the Grand Meridian.", []),
        # what a clause ends with may be left out, never its sense
        (
            "He filmed each step on my phone, me trying and her frowning.",
            ["Film each step on the guest's phone"],
        ),
        ("She upgraded us to the Lantern Wing.", ["Upgrade the guest"]),
        ("He put the lamp on it.", []),
        ("They offered to go.", []),
        ("We were given a form to call.", []),
        ("She stopped us in the hall to ask whether it worked for him.", []),
        # whom a call went to
        (
            "The desk (Nessie) telephoned to ask if we were comfortable.",
            ["Telephone the guest to ask if they are comfortable"],
        ),
        (
            "Reception rang up the week before payday and read the slip with me.",
            ["Ring the guest the week before payday and read the slip with them"],
        ),
        (
            "He gave me a call before dinner and explained the menu.",
            ["Call the guest before dinner and explain the menu"],
        ),
        # things done to what is the customer's
        ("Our bags were carried up to the room.", ["Carry the guest's bags up to the room"]),
        ("Our honeymoon and room were upgraded.", []),
        ("The woman who looks after your lamps was kind.", []),
        # how it was said
        ("The porter was very helpful in finding us a taxi.", ["Find the guest a taxi"]),
        ("The nurse repeatedly asked if I needed a pillow.", ["Ask if the guest needs a pillow"]),
        ("The cook was busy and brought us soup.", ["Bring the guest soup"]),
        ("She walked me over there rather than pointing.", ["Walk the guest to the place"]),
        ("The agent sent them at once and I was glad.", []),
        ("They upgraded us without asking.", ["Upgrade the guest without being asked"]),
        ("He answered all of our questions made sure we had keys.", ["Answer all of the guest's questions"]),
        ("He made two phone calls.", []),
        ("They sent someone.", []),
        ("She assisted us in a difficult situation.", []),
        ("They kept soup warm for them.", ["Keep soup warm for the guest"]),
        ("The chef made us a fresh sandwich which was great.", ["Make the guest a fresh sandwich"]),
        ("The guide showed us how the machine works.", ["Show the guest how the machine works"]),
        ("He asked what we wanted for breakfast.", ["Ask what the guest wants for breakfast"]),
        ("She told us where we could park the car.", ["Tell the guest where they can park the car"]),
        ("They explained how they were cleaning the wound.", ["Explain how you are cleaning the wound"]),
        (
            "She gave her umbrella to my daughter and took her to the door.",
            ["Give your umbrella to the guest's child"],
        ),
        ("He gave me his number.", ["Give the guest your number"]),
        (
            "They asked whether everything was to our taste.",
            ["Ask whether everything is to the guest's taste"],
        ),
        ("She helped us to carried the bags.", []),
        ("She helped us put the pram on the bus.", ["Help the guest put the pram on the bus"]),
        (
            "Reception called us a taxi and told us when it would come.",
            ["Call the guest a taxi and tell them when it will come"],
        ),
        ("The nurse would come back to our bed with water.", ["Come back to the guest's bed with water"]),
        ("He did explain the bill to us.", ["Explain the bill to the guest"]),
        ("They used to bring us tea.", ["Bring the guest tea"]),
        ("He was able to find us a seat by the window.", ["Find the guest a seat by the window"]),
        ("The staff at the front desk of the house gave us a map.", ["Give the guest a map"]),
        ("The lady at the counter lent us an umbrella.", ["Lend the guest an umbrella"]),
        ("The hotel gave us a blanket.", ["Give the guest a blanket"]),
        ("Our guide, a student, showed us around.", []),
        (
            "I was welcomed and given an overview of the lounge.",
            ["Welcome the guest", "Give the guest an overview of the lounge"],
        ),
        ("The staff who served us brought extra bread.", []),
        ("My wife who was tired got tea.", []),
        ("They keep the tables clean.", []),
        (
            "She kept checking the room temperature for us.",
            ["Keep checking the room temperature for the guest"],
        ),
        ("They recommended us the fish.", ["Recommend the fish to the guest"]),
        ("He managed to get us on the next train.", []),
        ("She insisted on paying.", []),
        ("The waitress was quick to bring water and always smiled.", ["Bring water"]),
        ("They gave us a note that said welcome.", ["Give the guest a note"]),
        ("They gave us a coupon, a map, and a pen.", ["Give the guest a coupon, a map, and a pen"]),
        ("They stored our bags, which was nice.", ["Store the guest's bags"]),
        ("She made a note of the allergy.", ["Make a note of the allergy"]),
        ("Ana, our nurse, held my hand.", ["Hold the guest's hand"]),
        ("They placed fresh towels on the bed as a gift.", ["Place fresh towels on the bed as a gift"]),
        ("He waited with us until the bus came.", ["Wait with the guest"]),
        (
            "She even remembered to bring the pillow my mother likes.",
            ["Bring the pillow the guest's relative likes"],
        ),
        ("I wish they would bring water.", []),
        ("They washed everyone's cups, but never smiled.", []),
        ("He drove us to the doctor at 3 pm.", ["Drive the guest to the doctor"]),
        ("She reassured us that the doctor would come.", []),
        ("They said goodbye and called the lift for us.", ["Call the lift for the guest"]),
        ("She noticed that we were cold and gave us a blanket.", ["Give the guest a blanket"]),
        ("He came with a tray of fruit in the afternoon.", ["Bring a tray of fruit in the afternoon"]),
        ("The crew were quick to resolve quickly.", []),
        ("We've stayed at many hotels.", []),
        ("They explains the menu.", ["Explain the menu"]),
        ("She explains the menu to every table.", ["Explain the menu to every table"]),
        # a second deed told without an "and" is no part of the first
        ("He greeted our group with a song rowed carefully on.", ["Greet the guest's group with a song"]),
        ("She greeted us by name leaving five minutes late.", ["Greet the guest by name"]),
        ("She had a boat cleaned thoroughly for us.", ["Have a boat cleaned thoroughly for the guest"]),
        ("...lovely meal where plates were delivered bread refilled and we never waited.", []),
        # what stands in quotation marks is no word the teller stands by
        ('They gave us a new "cabin" at the pier.', []),
        (
            'She wrote "no feathers" on the handover card.',
            ["Note on the handover card what the next shift should know about the guest"],
        ),
        # without its praise it is no way of doing it
        ("They met us with lovely eyes.", []),
        ("They greeted us with a song.", ["Greet the guest with a song"]),
        # what is over is asked for as such
        ("She asked how our week was.", ["Ask how the guest's week was"]),
        ("He asked how the room was.", ["Ask how the room is"]),
        # who agrees to do something does it, unless it had to be wrung from them
        ("They agreed to wash our boots.", ["Wash the guest's boots"]),
        ("They finally agreed to wash our boots.", []),
    ],
)
def test_told_and_wanted(told: str, wanted: list[str]) -> None:
    assert [line for line, _, _ in instructions(told, "guest")] == wanted
