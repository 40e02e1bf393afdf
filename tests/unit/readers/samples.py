"""Short and long texts in many languages, written for these tests, with the encodings they may come in."""

from __future__ import annotations

from typing import NamedTuple


class Sample(NamedTuple):
    language: str
    encodings: tuple[str, ...]
    text: str


WEST = ("cp1252", "iso-8859-1", "mac-roman")
WEST_CURLY = ("cp1252", "mac-roman")
MIDDLE = ("cp1250", "iso-8859-2")
EAST = ("cp1251", "koi8-r", "cp866", "mac-cyrillic")

SHORT = (
    Sample("English", WEST, "She left the café before the rain began."),
    Sample("English", WEST, "It was a naïve plan, and everybody knew it."),
    Sample("English", WEST, "The price was £5 a week, paid on Fridays."),
    Sample("English", WEST_CURLY, "He wasn’t at home when the letter came."),
    Sample("English", WEST_CURLY, "“You are late,” said my aunt, and shut the door."),
    Sample("English", WEST_CURLY, "They walked home — slowly, for it was dark."),
    Sample("English", WEST_CURLY, "pp. 12–15, printed in London"),
    Sample("English", WEST_CURLY, "The boys’ coats were wet…"),
    Sample("English", WEST, "See § 4 of the rules, and the note below it."),
    Sample("German", WEST, "Wir kamen spät nach Hause."),
    Sample("German", WEST, "Die Straße war leer, und der Schnee lag hoch."),
    Sample("German", WEST, "Über den Dächern stand der Mond."),
    Sample("German", WEST_CURLY, "„Kommst du mit?“ fragte er und nahm den Hut."),
    Sample("French", WEST, "Il est parti hier soir, très fatigué."),
    Sample("French", WEST, "À peine arrivé, il demanda la clé."),
    Sample("French", WEST, "« Où est la lettre ? » dit-elle."),
    Sample("French", WEST_CURLY, "L’hiver fut long et le bois manqua."),
    Sample("French", WEST_CURLY, "Sa sœur ne répondit pas."),
    Sample("Spanish", WEST, "La niña vivía cerca del río."),
    Sample("Spanish", WEST, "¿Quién llamó anoche a la puerta?"),
    Sample("Portuguese", WEST, "A estação ficava longe da povoação."),
    Sample("Portuguese", WEST, "NÃO HAVIA NINGUÉM NA ESTAÇÃO."),
    Sample("Italian", WEST, "La città era già deserta."),
    Sample("Swedish", WEST, "Han gick långsamt över ån."),
    Sample("Danish", WEST, "Hun rejste på en grå dag og sov på færgen."),
    Sample("Polish", MIDDLE, "Są tu jeszcze ludzie."),
    Sample("Polish", MIDDLE, "Wróciłem późno do domu."),
    Sample("Polish", MIDDLE, "Książka leżała na stole."),
    Sample("Polish", ("cp1250",), "Powiedział: „Nie wiem” — i wyszedł."),
    Sample("Czech", MIDDLE, "Přišel pozdě večer a nic neřekl."),
    Sample("Czech", MIDDLE, "Žena čekala u okna."),
    Sample("Czech", MIDDLE, "Byla tma a pršelo."),
    Sample("Hungarian", MIDDLE, "Az öreg ember az erdőből jött."),
    Sample("Romanian", ("cp1250",), "A plecat de dimineaţă şi nu s-a mai întors."),
    Sample("Croatian", MIDDLE, "Došao je kući kad je već bio mrak."),
    Sample("Russian", EAST, "Он вернулся домой поздно вечером."),
    Sample("Russian", EAST, "Мороз и солнце."),
    Sample("Russian", EAST, "ПРАВДА О ВОЙНЕ"),
    Sample("Russian", EAST, "Письмо от 5 мая 1905 г."),
    Sample("Russian", ("cp1251", "mac-cyrillic"), "«Кто там?» — спросила она."),
    Sample("Ukrainian", ("cp1251", "koi8-u"), "Він повернувся додому і нічого не сказав."),
    Sample("Bulgarian", ("cp1251",), "Той се върна късно вечерта и не каза нищо."),
    Sample("Greek", ("cp1253", "iso-8859-7"), "Γύρισε αργά στο σπίτι και δεν είπε τίποτα."),
)

LONG = (
    Sample(
        "English",
        WEST_CURLY,
        "My grandfather’s shop stood at the corner, between the bank and the baker’s. “Come in,” he "
        "used to say, “and mind the step.” We never did mind it – nobody could, in that light – and "
        "the bell would ring behind us. He sold paper, ink and string; he read everything that he "
        "sold. In 1911 a man from the Café Royal came for six quires of blue… He paid £2 and never "
        "returned.\n\nI didn’t know then what the paper was for. It wasn’t my "
        "business, and it isn’t now.\n",
    ),
    Sample(
        "English",
        WEST,
        "The committee met on Monday in the small room above the library. There were nine of us, and "
        "the stove smoked. The secretary read the minutes; the treasurer said that he had £14 left and "
        "that the fête had cost more than it brought. After some talk it was agreed to write to the "
        "printers once more. Nothing else was done, and we "
        "went home at ten o'clock in the rain, each with a bundle of papers under the arm.\n",
    ),
    Sample(
        "German",
        WEST_CURLY,
        "Am nächsten Morgen führte uns der Müller über die Brücke. Das Wasser stand hoch, und große "
        "Äste trieben vorbei. „Früher“, sagte er, „hätte man hier nicht gehen können.“ Wir schwiegen – "
        "es war kalt, und niemand hatte Lust zu reden. Erst später, als wir die Straße erreichten, "
        "fing meine Schwester an, von zu Hause zu erzählen. Übrigens "
        "war es der erste März.\n",
    ),
    Sample(
        "French",
        WEST_CURLY,
        "L’année suivante, mon père acheta la maison d’à côté. C’était une bâtisse étroite, où l’on "
        "gelait dès la Toussaint ; ma mère n’y entra jamais sans son châle. « Nous y serons très bien "
        "», disait-il. Élodie, ma sœur, riait. Ça ne dura guère : en février, la rivière déborda, et "
        "il fallut tout déménager par la fenêtre… Plus "
        "tard, on nous indemnisa – fort mal.\n",
    ),
    Sample(
        "Spanish",
        WEST,
        "Mi tío contaba que en el año de la sequía no quedó un solo árbol en la montaña. ¿Y qué "
        "comíais?, le preguntábamos. ¡Pan y cebolla, como siempre! Después se reía, se quitaba el "
        "sombrero y señalaba el camino por "
        "donde había llegado él, muchos años atrás, con una mula y un baúl.\n",
    ),
    Sample(
        "Polish",
        MIDDLE,
        "Wiosną wróciliśmy do miasta. Dom stał pusty, okna były wybite, a w ogrodzie rosły chwasty po "
        "pas. Ojciec usiadł na progu i długo nic nie mówił. Później przyszła sąsiadka, przyniosła "
        "chleb i trochę mleka. Źle się działo, "
        "powiedziała, ale żyjemy. Łódź została daleko; nikt z nas już tam nie pojechał.\n",
    ),
    Sample(
        "Czech",
        MIDDLE,
        "Na jaře jsme se vrátili do města. Dům byl prázdný, okna rozbitá a na zahradě rostla tráva až "
        "po pás. Otec si sedl na práh a dlouho mlčel. Potom přišla sousedka, přinesla chléb a trochu "
        "mléka. Špatně bylo, řekla, ale "
        "žijeme. Ještě ťukala na dveře, když jsme šli spát; něco zapomněla.\n",
    ),
    Sample(
        "Hungarian",
        MIDDLE,
        "Tavasszal visszatértünk a városba. A ház üresen állt, az ablakok betörve, a kertben derékig "
        "ért a gaz. Apám leült a küszöbre, és sokáig hallgatott. Később átjött a szomszédasszony, "
        "kenyeret hozott és egy kevés tejet. "
        "Rossz idők voltak, mondta, de élünk. Ősz lett, mire minden ablakot megcsináltunk.\n",
    ),
    Sample(
        "Russian",
        EAST,
        "Весной мы вернулись в город. Дом стоял пустой, окна были выбиты, в саду по пояс выросла "
        "трава. Отец сел на порог и долго молчал. Потом пришла соседка, принесла хлеба и немного "
        "молока. Плохо было, сказала она, но живем. В тот же вечер собрались все, кто еще оставался на "
        "нашей улице; говорили мало, слушали дождь. Письма "
        "из Москвы не было. Эти дни я помню хорошо.\n",
    ),
    Sample(
        "Ukrainian",
        ("cp1251", "koi8-u"),
        "Навесні ми повернулися до міста. Хата стояла порожня, вікна були вибиті, а в садку по пояс "
        "виросла трава. Батько сів на поріг і довго мовчав. Потім прийшла сусідка, принесла хліба й "
        "трохи молока. Зле було, сказала "
        "вона, та живемо. Її чоловік так і не повернувся з війни.\n",
    ),
    Sample(
        "Greek",
        ("cp1253", "iso-8859-7"),
        "Την άνοιξη γυρίσαμε στην πόλη. Το σπίτι ήταν άδειο, τα παράθυρα σπασμένα και στον κήπο τα "
        "χόρτα έφταναν ως τη μέση. Ο πατέρας κάθισε στο κατώφλι "
        "και δεν μιλούσε. Ύστερα ήρθε η γειτόνισσα κι έφερε ψωμί.\n",
    ),
)

FEW_SIGNS_IN_LONG = tuple(
    Sample(
        "English",
        WEST_CURLY,
        "The committee met on Monday in the small room above the library and the stove smoked. " * 6
        + sign
        + " After some talk it was agreed to write to the printers once more, and we went home in the rain.\n" * 4,
    )
    for sign in (
        "It isn’t ours.",
        "We read “The Reader” aloud.",
        "Nothing — not a word.",
        "Émile came.",
        "The façade fell.",
    )
)
