"""Capitals that are no names, family names in small letters, and usual first names that are nearly alike."""

PLACES = frozenset(  # lands, their people and large towns: nobody is usually called so
    """
    africa african albania albanian algeria algerian america argentina argentinian armenian asia asian
    atlantic australia australian austria austrian bahrain balkan bangladesh bangladeshi barbados
    belarus belgian belgium bermuda bolivia bosnia bosnian brazil brazilian britain british bulgaria
    bulgarian burma cambodia cambodian cameroon canada canadian caribbean chile chilean china colombia
    colombian congo croatia croatian czech denmark dutch ecuador egypt egyptian england estonia estonian
    ethiopia ethiopian europe european fiji filipino finland finnish france frenchman germany ghana
    ghanaian greece greek guatemala haiti hawaiian hispanic honduras hungarian hungary iceland icelandic
    indonesia indonesian iran iranian iraq iraqi israeli italy jamaica jamaican japan jewish jordanian
    kazakhstan kenyan korean kuwait kuwaiti laos latvia latvian lebanese lebanon libya lithuania
    lithuanian luxembourg macedonia madagascar malaysia malaysian maldives maltese mauritius
    mediterranean mexico mongolia mongolian moroccan morocco mozambique muslim myanmar namibia nepal
    nepali netherlands nicaragua nigeria nigerian norway norwegian oman pacific pakistan pakistani
    palestine palestinian panama paraguay persian peru peruvian philippines poland polish portugal
    portuguese qatar romania romanian russia russian rwanda scandinavia scandinavian scotland scottish
    senegal serbia serbian singapore slovak slovakia slovenia slovenian somali somalia spain spaniard
    spanish sudan sweden swedish swiss switzerland syria syrian taiwan taiwanese tanzania thailand tibet
    tibetan tunisia tunisian turkey turkish uganda ukraine ukrainian uruguay uruguayan uzbekistan
    venezuela venezuelan vietnam vietnamese wales welsh yemen zambia zimbabwe aberdeen accra amsterdam
    ankara antwerp athens auckland baghdad baltimore bangalore bangkok barcelona basel beijing beirut
    belfast belgrade bengaluru berlin bern birmingham bogota bologna bombay bordeaux brisbane brussels
    bucharest budapest cairo calcutta cambridge canberra cardiff casablanca chennai chicago cincinnati
    cologne copenhagen delhi detroit dhaka doha dubai dublin durban edinburgh frankfurt gatwick glasgow
    goa gothenburg guangzhou hamburg hanoi havana heathrow helsinki hollywood honolulu hyderabad
    istanbul jakarta jeddah jerusalem johannesburg karachi kathmandu kiev kolkata krakow kyiv kyoto
    lahore leeds leipzig lisbon liverpool ljubljana lucknow luton lyon madras madrid malaga manchester
    manila marrakesh marseille melbourne milwaukee minneapolis montreal moscow mumbai munich nairobi
    naples nashville newcastle nottingham osaka oslo oxford pisa pittsburgh porto prague pune quebec
    reykjavik riga rotterdam sacramento salzburg sarajevo seattle seoul shanghai sheffield shenzhen
    southampton stansted stockholm strasbourg stuttgart tallinn tampa taipei tehran tenerife tokyo
    toronto toulouse tripoli turin vancouver vegas vilnius warsaw washington wellington york zagreb
    zurich arizona arkansas california florida illinois massachusetts michigan minnesota mississippi
    nebraska nevada ohio oklahoma oregon pennsylvania tennessee texas air airways airline airlines
    railways
    """.split()  # noqa: SIM905 - a page of words reads better than a page of quotes
)
_DISHES = frozenset(  # of which a dictionary of English has few
    """
    americano appetit baguette banh bento berliner bhaji bhature biriyani biryani bolognese brulee
    bruschetta bulgogi burrito calzone cappuccino carbonara ceviche chaat chai chapati chimichurri chole
    chorizo churro churros ciabatta colada cortado creme croissant daal dahi dosa edamame empanada
    empanadas enchilada enchiladas espresso falafel fettuccine focaccia frappe frappes frappuccino
    gelato ghee gnocchi gosht goulash guacamole gyoza gyro gyros halloumi halwa hummus idli jalapeno
    jamun kabab kababs kebab kebabs kheer kimchi kofta korma kulcha laksa lasagna lasagne lassi latte
    linguine macchiato makhani malai martini masala mezze mocha mochas mocktail mocktails mojito mojitos
    momos moussaka mozzarella murgh naan naans nacho nachos pakora pakoras panini panna paratha parathas
    parmesan pesto pulao quesadilla quiche raita ramen rasam ravioli risotto roti rotis sambhar samosa
    samosas sangria sashimi satay schezwan schnitzel shawarma shorba souvlaki spaghetti sriracha sushi
    taco tacos tagliatelle tandoori tempura teriyaki tikka tiramisu tofu tortilla tortillas udon vadas
    vindaloo wonton wontons
    """.split()  # noqa: SIM905
)
ALSO_NAMES = frozenset(
    """
    bahamas boston bristol danish georgian german haleem houston irish korea london manhattan margarita
    memphis miami momo philadelphia portland tapas vada venice
    """.split()  # noqa: SIM905
)
"""Places and dishes that some people are called by: a name only where a role or a title says so."""
NOT_NAMES = frozenset(  # words that start sentences or name dishes, days, firms and roles, not people
    """
    the this that he him they them then there thanks thank you your his her him she our ours all everyone
    everybody everything team staff service services food ambience ambiance place restaurant hotel
    great good best very really excellent awesome amazing nice lovely super special god lord sir
    madam ma'am and but for with from not also well what when where who why how had has have was
    were are is it its guys guy boys girls ladies gentlemen people manager waiter waitress server
    host hostess captain chef staffs management owner chefs crew reception front desk bar kitchen
    zomato swiggy google yelp tripadvisor facebook instagram uber whatsapp monday tuesday wednesday
    thursday friday saturday sunday january february march april may june july august september
    october november december christmas easter diwali ramadan birthday anniversary overall only just
    even both each every some many much more most must will would could should can one two three
    four five six seven eight nine ten
    again always never ever still yes okay please sorry hello dear keep love loved happy quick quite
    polite courteous friendly helpful kudos indian chinese italian mexican french english american
    thai japanese asian continental chicken mutton fish paneer biryani pizza pasta coffee tea beer
    cake soup salad starter starters dessert buffet mom mum dad mother father sister brother auntie aunty
    uncle grandma grandpa my mine me i we us about after before during because since while though
    although however being having made here now today absolutely definitely particularly especially
    which whose whom other others another something nothing cheers regards sincerely congratulations
    welcome waiters servers managers visit visited highly gold asked taste recommended served
    ordered tried got went came thumbs fast slow fresh hot cold guest guests customer customers
    patient patients nobody somebody someone housekeeping security room rooms bell valet lobby maintenance
    engineering cleaning laundry spa pool casino tower towers suite suites king queen double twin deluxe
    diamond platinum silver bronze vip rewards check checkin checkout parking shuttle airport terminal gate
    lounge terrace rooftop garden esp delivery booking order orders support station practice meal drinks
    met saw spoke dealt booked stayed covid corona thankyou alot
    ive im ill id youre youve theyre theyve weve hes shes its thats theres whats lets dont doesnt didnt
    isnt arent wasnt werent cant couldnt wont wouldnt shouldnt havent hasnt hadnt imo imho btw omg lol
    asap fyi aka faq dept mgr mon tue tues thu thur thurs fri restaurent restaurnat wifi anyways
    """.split()  # noqa: SIM905 - a page of words reads better than a page of quotes
).union(PLACES, _DISHES)
# A guest's own people, and who stands with them at the counter: no staff of the house.
_KIN = (
    r"husband|wife|son|daughter|mother|father|mum|mom|dad|friends?|brother|sister|partner|girlfriend|boyfriend|"
    r"cousin|uncle|aunt|grand\w+|niece|nephew|neighbou?r"
)
RELATED = (
    r"(?:my|our|his|her|their)\s+(?:\w+\s+){0,3}"
    rf"(?:{_KIN}|baby|dog|cat|colleague|boss|family|boy|girl|child)(?:-in-law)?"
)
IS_RELATED = (
    rf"(?:(?:my|our)\s+(?:\w+\s+){{0,2}}(?:{_KIN})(?!['’]|\s+\w+['’]?s\b)|a\s+friend\s+of\s+(?:mine|ours))\b"
)
"""What a customer says behind a name: "Ilka, my wife", and not "Ilka, my son's nurse"."""
# Family names that stand after a first name in hurried texts, in small letters as well: common ones, none of
# them an English word.
FAMILY_NAMES = frozenset(
    """
    singh kumar yadav sharma gupta patel reddy nair menon iyer rao naidu verma mishra pandey tiwari dubey
    joshi mehta shah jain agarwal kapoor malhotra chopra bhatia khanna sethi arora mukherjee banerjee
    chatterjee chakraborty bose ghosh dutta sarkar biswas mondal mandal saha patra sahoo mohanty behera
    nayak das dey basu chowdhury choudhary chaudhary thakur patil kulkarni gowda naik pillai rathod hegde
    shetty kaur begum rahman hossain panda khan ahmed ahmad ali hussain sheikh shaikh ansari qureshi
    siddiqui mohammed fernandes fernando perera silva santos oliveira souza pereira garcia rodriguez
    martinez hernandez lopez gonzalez perez sanchez ramirez torres flores rivera gomez diaz cruz reyes
    morales nguyen tran pham huynh smith johnson williams jones miller davis wilson anderson thomas jackson
    thompson robinson ivanov novak kowalski nowak schmidt schneider fischer weber meyer wagner becker schulz
    hoffmann rossi russo ferrari bianchi dubois moreau laurent garg agrawal mahajan jha mittal bansal goyal
    saxena srivastava shrivastava chauhan rathore tyagi bhatt trivedi desai parekh deshmukh deshpande
    bhattacharya chakrabarti mukhopadhyay sengupta dasgupta majumdar guha acharya acharyya biswal
    pradhan swain barik goswami bora borah gogoi shrestha gurung tamang thapa adhikari balasubramanian
    subramanian krishnan venkatesh narayanan chandrasekhar murthy swamy rajput solanki makwana parmar
    akhtar iqbal malik chaudhry mahmood hashmi rizvi naqvi jayawardena wickramasinghe bandara rajapaksa
    mwangi otieno kamau wanjiru okafor okonkwo adeyemi abubakar mensah owusu boateng nkosi dlamini ndlovu
    mokoena watanabe yamamoto nakamura kobayashi takahashi ferreira rodrigues carvalho almeida
    gutierrez dominguez vazquez kovacs horvath szabo papadopoulos yilmaz petrov
    kuznetsov popescu ionescu johansson andersson nilsson hansen jensen nielsen olsen larsen virtanen
    murphy kelly
    """.split()  # noqa: SIM905
)
# Usual first names of five letters or more that a letter or two tell apart: two of them are two people.
# Two ways to write one name ("Erica", "Erika") are not both here.
GIVEN_NAMES = frozenset(
    """
    adela adele alena alida alina aline alisa amina amira amita amrita andre andrea andreas andrei andres
    andrew angela angelo anika anina anita antonia antonio bella belle betsy betty carla carlo carlos carmel
    carmen carol carola carole celia celina celine christian christina christine claudia claudio dalia dania
    daniel daniela daniele danielle david davide deepa deepak delia denis denise diana diane elena elina
    elisa elise eliza emile emilia emilio emily fabia fabian fabio franca franco frank franka frans franz
    gabriel gabriela gabriele georg george giulia giulio hamid hamida hanna hanne helen helena helene henri
    henrik henry irena irene irina janice janine jenna jenny jesse jessie johan johann josef josefa julia
    julian juliana julie julien juliet julio kamal kamala kamila karen karim karima karin karina laila laura
    laure lauren laurent layla leila lilian liliana linda lindy lorena lorenz lorenzo louis louisa louise
    lucia lucian luciana lucie lucio luisa luise malik malika manuel manuela marcel marcela marcia marco
    marcos marcus maria marie marin marina mario marion maris marita marla marlon marta marten martha martin
    martina marty milan milana milena miriam mirja mirjam mirka mirko nadia nadir nadira natalia natalie
    nicola nicolai nicolas nicole olive oliver paola paolo paula paulo pavel pawel rajan rajat rajesh rakesh
    ramesh ramon ramona regina reina renata renate renato ricarda ricardo robert roberta roberto roland
    rolanda romain roman romana romina sabina sabine salim salima salma samir samira sandra sandro sarina
    sarita selena selina selma serena silvia silvie silvio simon simona simone sofia sofie sonia stefan
    stefania stefanie stefano steve steven susan susana susanna susanne tamar tamara terri terry valentin
    valentina valeria valerie valerio verena verona vivian viviana yasmin yasmina zahir zahira zahra
    """.split()  # noqa: SIM905
)
