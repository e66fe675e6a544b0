"""What the invented municipality answers."""

import datetime
from typing import Any

TODAY = datetime.date(2027, 3, 1)
COMMITTEES = """name;areas;page
Łąki Dolne;Łąki Dolne, Młynówka;https://www.jezioro-ciche.example/rady/laki-dolne
Stary Port;;https://www.jezioro-ciche.example/rady/stary-port
Źródła;;https://www.jezioro-ciche.example/rady/zrodla
Wzgórze św. Jana;;https://www.jezioro-ciche.example/rady/wzgorze-swietego-jana
"""
PLACES = """name;kind;committees;address;contact
Biblioteka Główna;biblioteka;all;ul. Rybacka 4;p. Nowak
Przychodnia Młynówka;przychodnia;c01 c03;ul. Młyńska 12;
Świetlica Grobla;świetlica;c02;Grobla 1;
"""
ANSWERS: dict[str, Any] = {
    "municipality": "Gmina Jezioro Ciche",
    "language": "pl",
    "languages": ["pl", "en"],
    "committee": {"pl": "rada osiedla", "en": "district council"},
    "colors": {"jezioro": "#0b5d7a", "bursztyn": "#e0a030"},
    "committees": "committees.csv",
    "places": "places.csv",
}
POLISH = """headline = "Twoje miejsce, twój głos"
lead = "Co jest ważne tam, gdzie mieszkasz? Powiedz nam, a my pójdziemy z tym dalej."
points = ["Powiedz, co powinno być lepsze.", "Przyjdź na otwarte zebranie.", "Śledź swoją sprawę."]
call = "Zabierz głos"
label = "Rada osiedla"
scan = "Zeskanuj kod albo wejdź na"
"""
