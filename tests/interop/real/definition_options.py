"""Values by chance for every option that an index can have, and the few that MongoDB refuses among them."""
from bson.decimal128 import Decimal128
from bson.int64 import Int64
from bson.son import SON

import collations
import kinds

LANGUAGES = ("none danish da dutch nl english en finnish fi french fr german de hungarian hu italian it norwegian nb portuguese pt"
             " romanian ro russian ru spanish es swedish sv turkish tr").split()
OPERANDS = [1, Int64(1), 1.0, "x", "", None, True, Decimal128("1.50"), SON([("z", 1), ("b", Int64(2))]), [1, [2]], [], SON()]
TYPES = ["string", "number", "date", 16, [2, "int"], ["object", "string"], -1, 127]
# Each breaks a rule, of some versions or of all.
ODD_CONDITIONS = [{"$ne": 1}, {"$nin": [1]}, {"$exists": False}, {"$not": {"$gt": 1}}, {"$regex": "^a"}, {"$type": "words"}, {"$type": 99},
                  {"$all": [{"$gt": 1}]}, {"$elemMatch": {"a": 1}}, {"$near": [0, 0]}, {"$size": 1}, {"$in": 1}, {"$wat": 1}]
ODD_VALUES = {
    "expireAfterSeconds": [-1, Int64(2**31)], "partialFilterExpression": [SON({"$expr": True}), SON({"$or": []}), SON({"$nor": [{"a": 1}]})],
    "storageEngine": [SON(), SON(wiredTiger=SON(configString="no such thing")), SON(wiredTiger=1), SON(unknownEngine=SON())],
    "weights": [SON(a=0), SON(a=100_000), SON(a=1.5), SON({"a..b": 2}), SON({"$a": 2}), "$**", "title"],
    "default_language": ["klingon", "", "English"], "language_override": ["a.b", "$a", ""], "textIndexVersion": [0, 4, 9],
    "2dsphereIndexVersion": [0, 4], "bits": [0, 33, -5], "min": [180, 400.5], "max": [-180, -400], "v": [0, 3],
    "wildcardProjection": [SON(), SON([("a", 1), ("b", 0)]), SON([("a", 1), ("a.b", 1)]), SON({"$a": 1}), SON({"a..b": 1}), SON(a="x")],
    "collation": [SON(locale="xx"), SON(locale=""), SON([("locale", "en"), ("strength", 9)]), SON([("locale", "en"), ("caseFirst", "no")]),
                  SON([("locale", "simple"), ("strength", 2)]), SON([("locale", "en"), ("strength", 1), ("backwards", True)]),
                  SON([("locale", "en"), ("version", "58.1")])],
    "coarsestIndexedLevel": [-1, 31, 2.5], "finestIndexedLevel": [31, -1, Decimal128("2.5")], "clustered": [True], "columnstoreProjection": [SON(a=1)], "wat": [1],
}
OF_A_TYPE = {"text": ["weights", "default_language", "language_override", "textIndexVersion"], "2d": ["bits", "min", "max"],
             "2dsphere": ["2dsphereIndexVersion", "coarsestIndexedLevel", "finestIndexedLevel"], "$**": ["wildcardProjection"]}
COMMON = ["unique", "sparse", "hidden", "expireAfterSeconds", "partialFilterExpression", "collation", "storageEngine"]
RARE = ["v", "background", "dropDups", "bucketSize", "ns", "prepareUnique", "clustered", "columnstoreProjection", "wat"]
ALL = COMMON + RARE + [name for names in OF_A_TYPE.values() for name in names]


def collation_cases(random):
    """Each locale alone and with each member, in the order of chance."""
    cases = [(locale, member) for locale in collations.LOCALES for member in (None, *collations.GENERAL)]
    return random.sample(cases, len(cases))


class Values:
    """Of one definition: `random` is its own, `case` a locale and a member, those whose turn it is or any."""

    def __init__(self, random, fields):
        self.random, self.fields = random, fields
        self.case = (random.choice(list(collations.LOCALES)), None)

    def often(self, percent):
        return self.random.randrange(100) < percent

    def one_of(self, values):
        return self.random.choice(values)

    def of(self, option, odd=4):
        """In so many of a hundred cases one that breaks a rule, where there is one."""
        usual = getattr(self, "_" + option, None)
        if option in ODD_VALUES and (self.often(odd) or usual is None):
            return self.one_of(ODD_VALUES[option])
        return usual()

    def _flag(self):
        return self.often(85)

    _unique = _sparse = _hidden = _background = _dropDups = _prepareUnique = _flag

    def _expireAfterSeconds(self):
        return self.one_of([0, 1, Int64(60), 3600, 2_147_483_647, self.random.randrange(10**8)])

    def condition(self):
        if self.often(4):
            return self.one_of(ODD_CONDITIONS)
        if self.often(30):
            return self.one_of(OPERANDS)
        operator = self.one_of(["$eq", "$gt", "$gte", "$lt", "$lte", "$exists", "$type", "$in", "$all"])
        return {"$exists": {operator: self.one_of([True, 1])}, "$type": {operator: self.one_of(TYPES)}, "$in": {operator: [1, "x"]},
                "$all": {operator: [1, "y"]}}.get(operator, {operator: self.one_of(OPERANDS)})

    def conditions(self, most):
        fields = self.random.sample(["a", "b", "c.d", "e", "10", "2"], self.random.randint(1, most))
        return SON((field, self.condition()) for field in fields)

    def _partialFilterExpression(self):
        if self.often(30):
            return self.one_of(kinds.typed())["partialFilterExpression"]
        if self.often(70):
            return self.conditions(3)
        joined = SON({self.one_of(["$and", "$and", "$or"]): [self.conditions(2) for _ in range(self.random.randint(1, 3))]})
        return SON({"$and": [joined, self.conditions(1)]}) if self.often(30) else joined

    def _collation(self):
        locale, member = self.case
        collation = SON(locale=locale)
        for name in filter(None, dict.fromkeys([member, self.one_of([None, None, *collations.GENERAL])])):
            collation[name] = self.one_of([1, 2, 3, 4, 5]) if name == "strength" else self.one_of([
                collations.GENERAL[name], collations.OTHERS[name], "upper" if name == "caseFirst" else collations.OTHERS[name]])
        return SON(locale="simple") if self.often(3) else collation

    def _storageEngine(self):
        compressor = self.one_of(["none", "zlib", "snappy", "zstd"])
        return self.one_of([SON(wiredTiger=SON(configString=f"block_compressor={compressor}")), SON(wiredTiger=SON())])

    def _weights(self):
        names = self.random.sample(self.fields + ["extra", "a.b", "$**"], self.random.randint(1, 3))
        return SON((name, self.one_of([1, 2, 10, 99_999, 2.7, Decimal128("1.5")])) for name in names)

    def _default_language(self):
        return self.one_of(LANGUAGES)

    def _language_override(self):
        return self.one_of(["language", "idioma", "x y"])

    def _version(self):
        return self.one_of([1, 2, 3, 3])

    _textIndexVersion = _2dsphereIndexVersion = _version

    def _v(self):
        return self.one_of([1, 2, 2])

    def _bits(self):
        return self.random.randint(1, 32)

    def _min(self):
        return self.one_of([-180, -90.5, -1000, 0])

    def _max(self):
        return self.one_of([180, 90.5, 1000, 1.25])

    def _bucketSize(self):
        return self.one_of([1, 2.5])

    def _ns(self):
        return "any.thing"

    def _coarsestIndexedLevel(self):
        return self.random.randint(0, 15)

    def _finestIndexedLevel(self):
        return self.random.randint(15, 30)

    def _wildcardProjection(self):
        shown = self.one_of([0, 1])
        paths = self.random.sample(["p", "q.r", "s", "t.u.v"], self.random.randint(1, 3))
        projection = SON((path, self.one_of([shown, bool(shown), Int64(shown)])) for path in paths)
        if self.often(25):
            projection["_id"] = self.one_of([0, 1])
        return SON(nested=SON(inner=shown)) if self.often(10) else projection
