"""Words that tell what kind of source a name is: general English, no names of people or places."""

from __future__ import annotations

TITLES = frozenset(
    "mr mrs ms miss dr prof professor sir dame lord lady sen senator rep representative gov governor gen general "
    "col colonel maj major "
    "capt captain lt sgt adm admiral president vice premier chancellor minister prime secretary ambassador king "
    "queen prince princess "
    "pope bishop judge justice mayor chairman chairwoman chair director spokesman spokeswoman spokesperson leader "
    "chief former then "
    "deputy assistant acting foreign defense defence state interior finance analyst expert researcher scholar "
    "author economist lawyer "
    "officer commissioner envoy candidate nominee congressman congresswoman lawmaker politician reporter "
    "journalist correspondent "
    "speaker dictator marshal comrade supreme fellow adviser advisor ceo founder editor columnist coach sheriff "
    "detective".split()
)
PERSON_ROLES = frozenset(
    "spokesman spokeswoman spokesperson minister president premier chancellor secretary ambassador senator "
    "governor general king queen "
    "leader chief director chairman chairwoman analyst expert researcher scholar author economist lawyer attorney "
    "officer official "
    "commissioner envoy candidate nominee congressman congresswoman lawmaker politician professor judge mayor man "
    "woman adviser advisor "
    "speaker founder diplomat pope bishop prince doctor teacher student mother father brother sister wife husband "
    "widow boss manager "
    "coach writer editor columnist reporter journalist correspondent defector dictator witness prosecutor "
    "commander executive chair "
    "historian scientist activist strategist operative veteran he she him her critic head member source user".split()
)
OUTLET_WORDS = frozenset(
    "times post news daily herald journal tribune gazette globe guardian telegraph observer chronicle broadcaster "
    "newspaper paper "
    "tabloid magazine weekly media press radio television tv channel outlet newswire blog website editorial "
    "shinmun sinmun shimbun "
    "ilbo ribao monitor examiner courier mirror sun standard independent reporter review report article".split()
)
OUTLETS = frozenset(
    "reuters afp ap upi bbc cnn nbc cbs abc pbs npr msnbc bloomberg politico breitbart xinhua tass itar-tass "
    "interfax aljazeera "
    "yonhap kyodo kcna dpa efe ansa nhk rt axios buzzfeed vox slate salon huffpost wapo nyt wsj economist "
    "newsweek".split()
)
INSTITUTION_WORDS = frozenset(
    "ministry department institute institution commission committee university college school party agency "
    "council bank police army navy "
    "court company corporation corp inc ltd gmbh plc motors works industries holdings airlines "
    "firm group organization organisation association union federation "
    "foundation center centre "
    "think-tank tank office bureau authority authorities administration embassy parliament congress senate house "
    "assembly government "
    "cabinet service forces force military command board fund network alliance coalition church campaign team "
    "club society league "
    "watchdog regulator secretariat embassy mission headquarters nations watch security pentagon kremlin nato "
    "unicef imf wto "
    "opec cia fbi nsa factbook survey study poll statement communique regime state-department presidency "
    "committee politburo "
    "white-house delegation laboratory hospital ngo charity lobby factory exchange treasury customs "
    "intelligence".split()
)
GROUP_WORDS = frozenset(
    "republicans democrats voters residents citizens officials diplomats lawmakers lawyers leaders ministers "
    "senators soldiers troops "
    "students workers families people protesters activists supporters opponents allies rebels militants generals "
    "scientists "
    "scholars executives investors traders refugees defectors chinese japanese americans russians europeans "
    "conservatives liberals "
    "members women men parents teachers doctors sides countries nations states delegates prosecutors "
    "investigators".split()
)
VAGUE_WORDS = frozenset(
    "source sources critic critics observer observers analyst analysts expert experts some many others several "
    "few most insiders "
    "watchers commentators everyone everybody somebody someone nobody reports rumors rumours speculation official "
    "officials aide aides "
    "people persons economists researchers".split()
)
