"""Index specifications by chance, the same for the same seed, and for each all that is one change away from it."""
import json
import random

from bson.decimal128 import Decimal128
from bson.int64 import Int64
from bson.son import SON

import kinds
import written

FIELDS = ["a", "b", "customer_id", "address.city", "a_1", "x y", "1", "10", "text", "b_2d", 'q"uote', "_lead", "\u00fcbung",
          "k.id", "e.f.g", "p{}"]
NUMBERS = [1, -1, 1, -1, 1, -1, Int64(1), -1.0, 5, -0.5]
FILTERS = kinds.typed()
LOCALES = ["en", "fr", "fr_CA", "de@collation=phonebook"]


class Chance:
    def __init__(self, seed):
        self.random = random.Random(seed)

    def often(self, percent):
        return self.random.randrange(100) < percent

    def one_of(self, values):
        return self.random.choice(values)

    def fields(self, most):
        return self.random.sample(FIELDS, self.random.randint(1, most))

    def key(self):
        kind = self.one_of(["plain"] * 6 + ["text", "2d", "2dsphere", "hashed", "wildcard", "wildcard"])
        names = self.fields(4 if kind == "plain" else 3)
        if kind == "plain":
            return SON((name, self.one_of(NUMBERS)) for name in names)
        if kind == "wildcard":
            before = [(name, 1) for name in names[1:2] if "." not in name]
            return SON(before + [("$**" if before or self.often(60) else f"w.{names[0]}.$**", 1)])
        return SON([(names[0], kind)] + [(name, kind if kind == "text" else self.one_of([1, -1])) for name in names[1:]])

    def collation(self):
        collation = SON(locale=self.one_of(LOCALES))
        if self.often(50):
            collation["strength"] = self.random.randint(1, 5)
        if self.often(20):
            collation["numericOrdering"] = self.often(50)
        if self.often(20):
            collation["backwards"] = self.often(50)
        return collation

    def spec(self):
        key = self.key()
        name = written.default_name(key) if self.often(70) else f"index {self.random.randrange(1000)}"
        spec = SON([("key", key), ("name", name)])
        types = set(key.values())
        for option, percent in (("unique", 20), ("sparse", 15), ("hidden", 15)):
            if self.often(percent):
                spec[option] = True
        if self.often(20):
            spec["partialFilterExpression"] = self.one_of(FILTERS)["partialFilterExpression"]
        if len(key) == 1 and self.often(25):
            spec["expireAfterSeconds"] = self.random.randrange(100_000)
        if not types & {"text", "2d"} and self.often(30):
            spec["collation"] = self.collation()
        if "text" in types:
            self.add_text(spec)
        if "2d" in types and self.often(50):
            spec.update([("bits", self.random.randint(1, 32)), ("min", -90.5), ("max", 100.25)])
        if "$**" in key and (len(key) > 1 or self.often(50)):
            outside = {name: 0 for name in key if name != "$**"}
            spec["wildcardProjection"] = {**outside, "zz.x": 0} if outside else {"zz": self.random.randrange(2)}
        return spec

    def add_text(self, spec):
        if self.often(40):
            spec["default_language"] = self.one_of(["spanish", "none"])
        if self.often(30):
            spec["language_override"] = "idioma"
        if self.often(40):
            spec["weights"] = SON([(next(iter(spec["key"])), self.random.randint(2, 20)), ("extra", 3)])


def with_options(spec, **changes):
    """Another specification; None takes an option away."""
    changed = SON((name, value) for name, value in spec.items() if changes.get(name, value) is not None)
    changed.update((name, value) for name, value in changes.items() if value is not None)
    return changed


def with_key(spec, pairs):
    return with_options(spec, key=SON(pairs))


def changes(spec):
    """Everything that is one step away and says something else; some of it no server takes."""
    pairs = list(spec["key"].items())
    yield from (with_options(spec, **{flag: None if spec.get(flag) else True}) for flag in ("unique", "sparse", "hidden"))
    yield with_options(spec, expireAfterSeconds=spec.get("expireAfterSeconds", 76) + 1)
    yield with_options(spec, partialFilterExpression={"zz": {"$gt": 99}})
    yield with_options(spec, partialFilterExpression={"zz": Decimal128("0.1")})
    yield with_options(spec, collation={"locale": "sv", "strength": 1, "caseLevel": True})
    yield with_options(spec, storageEngine={"wiredTiger": {"configString": "other=1"}})
    for option in ("partialFilterExpression", "expireAfterSeconds", "collation", "wildcardProjection", "bits"):
        if option in spec:
            yield with_options(spec, **{option: None})
    yield with_key(spec, pairs + [("added", 1)])
    yield with_key(spec, [(f"{name}x" if name != "$**" else name, value) for name, value in pairs])
    yield with_key(spec, [(name, -value if isinstance(value, (int, float)) else value) for name, value in pairs])
    if len(pairs) > 1 and "text" not in dict(pairs).values():
        yield with_key(spec, pairs[::-1])
    if "text" in dict(pairs).values():
        yield with_options(spec, default_language="danish")
        yield with_options(spec, language_override="other_field")
        yield with_options(spec, weights=SON(list(spec.get("weights", {}).items()) + [("one_more", 7)]))
    if "bits" in spec:
        yield with_options(spec, bits=spec["bits"] % 32 + 1)
        yield with_options(spec, max=77)


def differs(one, other):
    """Whether a change says something else at all: the key of a text index alone may stay as it was."""
    return json.dumps(written.extended(one)) != json.dumps(written.extended(other))
