"""Made-up people, towns and streets. Nobody here exists; the phones are nobody's (555-01xx)."""

from __future__ import annotations

from datetime import date, timedelta

from leadapp.services.demo.chance import Chance, Odds

COUNTY = "Alder County"
SHORT_COUNTY = "Alder"
TOWNS = ("Fairbrook", "Mill Gap", "Sorrel", "Dunn Crossing", "Piney Ford")
STREETS = (
    "Quarry Ln", "Mill Rd", "Tannery St", "Ridge Rd", "Old Ferry Rd", "Chestnut St",
    "Depot St", "Laurel Ct", "River Rd", "Hwy 12", "Sawmill Rd", "Church St",
)  # fmt: skip
SPOTS = (
    "Corner store, Mill Rd", "Laundromat, Depot St", "Camp by the rail bridge", "Bus shelter, Main",
    "Riverside park", "Parking lot, feed store", "Hwy 12 pullout, mile 41", "Library steps",
    "Motel, Hwy 12", "Trailhead lot, Ridge Rd",
)  # fmt: skip
LAST = (
    "Lund", "Osgood", "Pruett", "Hollis", "Tarver", "Vance", "Brill", "Cobb", "Dunning", "Eads",
    "Farrow", "Gentry", "Hobbs", "Ivey", "Jarrell", "Kessler", "Lomax", "Maddox", "Nance", "Orr",
    "Peavy", "Quarles", "Rudd", "Sprague", "Tully", "Upchurch", "Vickers", "Wyatt", "Yoder",
    "Zeller", "Ambrose", "Birdsong", "Crowder", "Dockery", "Ellery", "Fulcher", "Goins", "Hatley",
    "Ingle", "Joyner", "Kirby", "Ledford", "Messer", "Norwood", "Overby", "Pickett", "Ragan",
    "Sizemore", "Treadway", "Varner", "Whisnant", "Younce", "Reyes", "Salinas", "Ortega", "Duarte",
)  # fmt: skip
FEMALE = (
    "Terri-Lynn", "Wren", "Darla", "Misty", "Joanna", "Carla", "Sherry", "Noemi", "Brandi", "Etta",
    "Faye", "Gwen", "Hope", "Inez", "Jolene", "Kendra", "Lacey", "Marla", "Nadine", "Opal",
    "Paige", "Robyn", "Sadie", "Tonya", "Una", "Violet", "Willa", "Yesenia",
)  # fmt: skip
MALE = (
    "Randy", "Dale", "Cole", "Curtis", "Deshawn", "Ellis", "Floyd", "Garth", "Hank", "Isaac",
    "Jerrod", "Kyle", "Lonnie", "Marcus", "Neal", "Otis", "Perry", "Quincy", "Ramon", "Shane",
    "Travis", "Ulysses", "Vern", "Wade", "Xavier", "Zeb", "Abel", "Boyd",
)  # fmt: skip
NICKNAMES = ("Rooster", "Tee", "Dusty", "Slim", "Red", "Bug", "Junior", "Doc", "Sunny", "Ace")
SEXES = Odds(male=58, female=40, other=2)
RACES = Odds(white=70, black=12, hispanic=11, american_indian=4, asian=1, unknown=2)
_AGES = Odds({"14": 4, "20": 14, "30": 27, "40": 26, "50": 16, "60": 9, "70": 4})
_DAYS_A_YEAR = 365


class Human:
    """Someone made up: names, birth date, sex and phone."""

    __slots__ = ("birth_day", "first", "last", "middle", "nickname", "phone", "race", "sex")

    def __init__(self, chance: Chance, today: date) -> None:
        self.sex = chance.of(SEXES)
        women = self.sex == "female" or (self.sex == "other" and chance.yes(0.5))
        self.first = chance.one(FEMALE if women else MALE)
        self.last = chance.one(LAST)
        self.middle = chance.one("ABCDEJKLMRSTW") if chance.yes(0.6) else ""
        self.nickname = chance.one(NICKNAMES) if chance.yes(0.12) else ""
        age = int(chance.of(_AGES)) + chance.between(0, 9)
        self.birth_day = today - timedelta(days=age * _DAYS_A_YEAR + chance.between(0, 364))
        self.race = chance.of(RACES)
        self.phone = phone(chance) if chance.yes(0.7) else ""

    def age(self, today: date) -> int:
        """Return the age in whole years."""
        before = (today.month, today.day) < (self.birth_day.month, self.birth_day.day)
        return today.year - self.birth_day.year - before

    def age_band(self, today: date) -> str:
        """Return the age as a crisis contact gives it."""
        return age_band(self.age(today))


def age_band(age: int) -> str:
    """Return the band an age lies in."""
    bands = ((13, "under_13"), (18, "13_17"), (25, "18_24"), (35, "25_34"), (45, "35_44"))
    later = ((55, "45_54"), (65, "55_64"))
    return next((name for limit, name in (*bands, *later) if age < limit), "65_up")


def phone(chance: Chance) -> str:
    """Return a number that rings nowhere."""
    return f"555-01{chance.between(0, 99):02d}"


def address(chance: Chance) -> str:
    """Return a street and a town that are nowhere."""
    return f"{chance.between(2, 1900)} {chance.one(STREETS)}, {chance.one(TOWNS)}"
