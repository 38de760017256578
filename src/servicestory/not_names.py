"""Words that are written with a capital and are no names, and family names that are written without one."""

NOT_NAMES = frozenset(  # words that start sentences or name dishes, days, firms and roles, not people
    """
    the this that they them then there thanks thank you your his her him she our ours all everyone
    everybody everything team staff service services food ambience ambiance place restaurant hotel
    great good best very really excellent awesome amazing nice lovely super special god lord sir
    madam ma'am and but for with from not also well what when where who why how had has have was
    were are is it its guys guy boys girls ladies gentlemen people manager waiter waitress server
    host hostess captain chef staffs management owner chefs crew reception front desk bar kitchen
    zomato swiggy google yelp tripadvisor facebook instagram uber whatsapp monday tuesday wednesday
    thursday friday saturday sunday january february march april may june july august september
    october november december christmas easter diwali ramadan birthday anniversary overall only just
    even both each every some many much more most must will would could should can one two three
    again always never ever still yes okay please sorry hello dear keep love loved happy quick quite
    polite courteous friendly helpful kudos indian chinese italian mexican french english american
    thai japanese asian continental chicken mutton fish paneer biryani pizza pasta coffee tea beer
    cake soup salad starter starters dessert buffet mom mum dad mother father sister brother auntie
    uncle grandma grandpa my mine me i we us about after before during because since while though
    although however being having made here now today absolutely definitely particularly especially
    which whose whom other others another something nothing cheers regards sincerely congratulations
    welcome waiters servers managers visit visited highly gold asked taste recommended served
    ordered tried got went came thumbs fast slow fresh hot cold guest guests customer customers
    patient patients nobody somebody someone housekeeping security room rooms bell valet lobby maintenance
    engineering cleaning laundry spa pool casino tower towers suite suites king queen double twin deluxe
    diamond platinum silver bronze vip rewards check checkin checkout parking shuttle airport terminal gate
    lounge terrace rooftop garden esp
    """.split()  # noqa: SIM905 - a page of words reads better than a page of quotes
)
# Family names that stand after a first name in hurried texts, in small letters as well: common ones, none of
# them an English word.
FAMILY_NAMES = frozenset(
    """
    singh kumar yadav sharma gupta patel reddy nair menon iyer rao naidu verma mishra pandey tiwari
    dubey joshi mehta shah jain agarwal kapoor malhotra chopra bhatia khanna sethi arora mukherjee
    banerjee chatterjee chakraborty bose ghosh dutta sarkar biswas mondal mandal saha patra sahoo
    mohanty behera nayak panda khan ahmed ahmad ali hussain sheikh shaikh ansari qureshi siddiqui
    mohammed fernandes fernando perera silva santos oliveira souza pereira garcia rodriguez martinez
    hernandez lopez gonzalez perez sanchez ramirez torres flores rivera gomez diaz cruz reyes morales
    nguyen tran pham huynh smith johnson williams jones miller davis wilson anderson thomas jackson
    thompson robinson ivanov novak kowalski nowak schmidt schneider fischer weber meyer wagner becker
    schulz hoffmann rossi russo ferrari bianchi dubois moreau laurent
    """.split()  # noqa: SIM905
)
