"""Definitions by chance over all kinds of keys and every option, the same for the same seed. Their fields
bear their number, so that no definition of a collection is taken for another one."""
import itertools
import random

from bson.decimal128 import Decimal128
from bson.int64 import Int64
from bson.son import SON

import chance
import written
from commands import ODD_KEYS
from definition_options import ALL, COMMON, OF_A_TYPE, RARE, Values, collation_cases

NUMBERS = [*chance.NUMBERS * 2, Int64(2**40), Decimal128("1"), 1e300, 0.1, 2_147_483_647]
PERCENT = {"unique": 18, "sparse": 12, "hidden": 15, "expireAfterSeconds": 14, "partialFilterExpression": 25, "storageEngine": 8}
BESIDE_TEXT = [1, -1] * 6 + [1.0, Int64(-1), 1.5, -1.9, Decimal128("0.6"), 2]
COLLATED = 75


def kind_of(key):
    """What its options depend on: "$**" for a wildcard, a word for a special type, else ""."""
    words = [value for value in key.values() if isinstance(value, str)]
    return words[0] if words else "$**" if any(name.endswith("$**") for name in key) else ""


class AnyDefinition:
    def __init__(self, seed, number, cases):
        self.random, self.number = random.Random(f"{seed} {number}"), number
        self.fields = [f"{name}{number:05d}" for name in self.random.sample(chance.FIELDS, 4)]
        self.values = Values(self.random, self.fields)
        self.often, self.one_of = self.values.often, self.values.one_of
        self.spec = self._spec(cases)

    def _plain(self):
        if self.often(2):
            return [(f"{self.fields[0]}-{at}", 1) for at in range(self.one_of([31, 32, 33]))]
        return [(name, self.one_of(NUMBERS)) for name in self.fields[:self.random.randint(1, 4)]]

    def _hashed(self):
        return self._special("hashed", 1)

    def _text(self):
        if self.often(8):
            return [("_fts", "text"), ("_ftsx", 1)]
        pairs = self._special("text", self.random.randint(1, 3), BESIDE_TEXT)
        return [("$**", "text")] + pairs[1:] if self.often(10) else pairs

    def _2d(self):
        return self._special("2d", 1, before=4)

    def _2dsphere(self):
        return self._special("2dsphere", self.one_of([1, 1, 2]))

    def _special(self, kind, count, directions=None, before=25):
        """So many fields of that kind, and others before and after them."""
        pairs = [(name, kind) for name in self.fields[:count]]
        if self.often(30):
            pairs.append((self.fields[3], self.one_of(directions or NUMBERS)))
        if self.often(before) and count < 3:
            pairs.insert(0, (self.fields[2], self.one_of(directions or NUMBERS)))
        return pairs

    def _wildcard(self):
        path = "$**" if self.often(60) else f"w{self.number:05d}.$**"
        pairs = [(path, self.one_of([1, 1, 1, 1, 5, Int64(1), -1]))]
        return pairs + [(self.fields[0], 1)] if self.often(12) else pairs

    def _key(self):
        if self.often(4):
            return SON(self.one_of(ODD_KEYS))
        return SON(self.one_of([self._plain] * 10 + [self._hashed, self._text, self._2d, self._2dsphere] * 2 + [self._wildcard] * 3)())

    def _is_drawn(self, option, key, kind):
        """Few of those that hardly any key or other option stands beside, so that most definitions can be built."""
        if option == "collation":
            return self.often(2 if kind in ("text", "2d") else COLLATED)
        rare = (option == "expireAfterSeconds" and (len(key) > 1 or kind == "$**")) or \
            (option in ("unique", "sparse") and kind in ("hashed", "$**"))
        return self.often(1 if rare else PERCENT[option])

    def _spec(self, cases):
        key = self._key()
        kind = kind_of(key)
        usual = len(key) and kind != "btree" and self.often(50) and all(value == value for value in key.values())
        spec = SON([("key", key), ("name", written.default_name(key) if usual else f"index {self.number}")])
        for option in COMMON:
            if self._is_drawn(option, key, kind) and not (option == "partialFilterExpression" and spec.get("sparse")):
                self.values.case = next(cases) if option == "collation" else self.values.case
                spec[option] = self.values.of(option)
        for option in OF_A_TYPE.get(kind, []):
            if self.often(35) and (option != "wildcardProjection" or "$**" in key):
                spec[option] = self.values.of(option)
        if kind in ("text", "2d") and self.often(40):
            spec.setdefault("collation", SON(locale="simple"))
        if "_fts" in key:
            spec.setdefault("weights", SON({self.fields[0]: 3}))
        if self.often(8):
            spec.setdefault(option := self.one_of(RARE + ALL), self.values.of(option))
        return spec

    def changed(self):
        """The same with one thing changed, or with nothing but its spelling; what MongoDB makes of it decides."""
        pick = self.random.randrange(100)
        if pick < 10:
            return self.spec
        if pick < 25:
            return respelled(self.spec, self.values)
        if pick < 45 and self.spec.get("weights") != "$**":
            return self.one_of(list(chance.changes(self.spec)))
        option = self.one_of(COMMON + OF_A_TYPE.get(kind_of(self.spec["key"]), []) * 3 + RARE + list(self.spec)[2:] * 2)
        if option in self.spec and self.often(50):
            return chance.with_options(self.spec, **{option: None})
        return chance.with_options(self.spec, **{option: self.values.of(option, odd=0)})


def respelled(spec, values):
    """Other words that may mean the same: MongoDB tells whether they do."""
    spec = SON(spec)
    spec["key"] = SON((name, values.one_of([Int64(value), float(value)]) if type(value) is int else value)
                      for name, value in spec["key"].items())
    for flag in {"unique", "sparse", "background"} & set(spec):
        spec[flag] = int(spec[flag])
    for option in {"collation", "weights", "wildcardProjection", "partialFilterExpression"} & set(spec):
        if isinstance(spec[option], dict):
            spec[option] = SON(list(spec[option].items())[::-1])
    if "partialFilterExpression" in spec and values.often(50):
        spec["partialFilterExpression"] = SON({"$and": [spec["partialFilterExpression"]]})
    if "expireAfterSeconds" in spec:
        spec["expireAfterSeconds"] = spec["expireAfterSeconds"] + 0.5
    return spec


def definitions(seed, count):
    """All cases of collations in turn, whatever else is drawn beside them."""
    cases = itertools.cycle(collation_cases(random.Random(seed)))
    return (AnyDefinition(seed, number, cases) for number in range(count))
