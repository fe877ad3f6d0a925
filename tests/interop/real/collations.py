"""The collations that MongoDB has, as tests/golden/collations.json tells them, in indexes of collections that hold so many: by
default every twelfth locale and one of each kind of defaults; with MIM_TEST_ALL_COLLATIONS=1 all of them, which takes a quarter
of an hour."""
import json
import os
import pathlib

import written

ROOT = pathlib.Path(__file__).resolve().parents[3]
ASK = ROOT / "scripts" / "ask-collations"
ANSWERS = json.loads((ROOT / "tests" / "golden" / "collations.json").read_text())
GENERAL = {"caseLevel": False, "caseFirst": "off", "strength": 3, "numericOrdering": False, "alternate": "non-ignorable",
           "maxVariable": "punct", "normalization": False, "backwards": False}
OTHERS = {"caseLevel": True, "caseFirst": "lower", "strength": 4, "numericOrdering": True, "alternate": "shifted",
          "maxVariable": "space", "normalization": True, "backwards": True}
VARIANTS = ("big5han compat dictionary direct ducet emoji eor gb2312han phonebk phonebook phonetic pinyin private-pinyin reformed search"
            " searchjl standard stroke trad traditional unihan zhuyin").split()
INDEXES_OF_A_COLLECTION = 60
ALL = os.environ.get("MIM_TEST_ALL_COLLATIONS") == "1"
OF_EACH_KIND = {"en", "da", "mt", "fr_CA", "th", "vi", "de@collation=search"}


def some(items, always=()):
    """All of them where that is wanted; else those named and every twelfth."""
    return [item for number, item in enumerate(items) if ALL or number % 12 == 0 or item in always]


LOCALES = {locale: ANSWERS[locale] for locale in some(ANSWERS, OF_EACH_KIND)}


def without_members():
    return [{"locale": locale} for locale in LOCALES]


def with_one_member():
    """Each member with another value than the locale has by itself, and with the one that most locales have."""
    for locale, own in LOCALES.items():
        whole = {**GENERAL, **own}
        for member, value in whole.items():
            yield {"locale": locale, member: OTHERS[member] if value != OTHERS[member] else GENERAL[member]}
        for member in own:
            if OTHERS[member] != own[member]:
                yield {"locale": locale, member: GENERAL[member]}


def with_defaults_of_their_own():
    """Short, and with what they have by themselves overruled."""
    for locale, own in LOCALES.items():
        if own:
            yield {"locale": locale}
        for member in own:
            yield {"locale": locale, member: GENERAL[member]}


def sets(collations):
    """{collection: specifications}"""
    specs = [{"key": {"a": 1}, "name": " ".join(str(each) for each in collation.values()) + f" {number}", "collation": collation}
             for number, collation in enumerate(collations)]
    return {f"c{at:05d}": specs[at:at + INDEXES_OF_A_COLLECTION] for at in range(0, len(specs), INDEXES_OF_A_COLLECTION)}


def put_by_hand(scene, wanted):
    for collection, specs in wanted.items():
        written.create(scene.db, collection, *specs)


def live(scene, wanted):
    return {collection: written.raw_specs(scene.db, collection) for collection in wanted}
