"""Commands by chance, the same for the same seed, in short stories: each has a collection of its own, `c`."""
from bson.int64 import Int64
from bson.son import SON

import chance

ODD_KEYS = [SON(a=0), SON(a=True), SON(a=None), SON(a=""), SON(a="btree"), SON(a=SON()), SON(a=0.5), SON(a=Int64(-3)),
            SON([("", 1)]), SON([("a.", 1)]), SON([("$a", 1)]), SON(), SON([("a", 1), ("_id", 1)]), SON(_id=-1), SON(_id="hashed"),
            SON([("a", "text"), ("b", "2dsphere")]), SON([("a.$**", "text")]), SON([("a", "hashed"), ("b", "hashed")])]
ODD_OPTIONS = [("unique", 1), ("unique", "yes"), ("sparse", 0.0), ("hidden", None), ("expireAfterSeconds", -1),
               ("expireAfterSeconds", "60"), ("expireAfterSeconds", 60.7), ("expireAfterSeconds", Int64(2**31)),
               ("partialFilterExpression", SON()), ("partialFilterExpression", 1), ("partialFilterExpression", SON(a=SON([("$ne", 1)]))),
               ("collation", SON()), ("collation", SON(locale="simple")), ("collation", SON(locale="xx")),
               ("collation", SON([("locale", "en"), ("strength", 9)])), ("weights", SON(a=1)), ("bits", 33), ("v", 0), ("v", 1), ("v", 3),
               ("background", True), ("dropDups", True), ("ns", "x.y"), ("unknown", 1), ("storageEngine", SON()),
               ("storageEngine", SON(wiredTiger=SON(configString="no such thing"))), ("wildcardProjection", SON(a=1)),
               ("prepareUnique", True), ("clustered", True), ("default_language", "klingon"), ("2dsphereIndexVersion", 9)]
COLLECTIONS = [SON(), SON([("capped", True), ("size", 4096)]), SON(collation=SON([("locale", "fr"), ("strength", 2)])),
               SON(validator=SON(a=SON([("$exists", True)]))), SON([("viewOn", "other"), ("pipeline", [])])]
DOCUMENTS = [SON([("_id", 1), ("a", 1), ("b", "x")]), SON([("_id", 2), ("a", [1, 2]), ("b", SON(c=1))]), SON([("_id", 3), ("a", None)])]


class Stories:
    def __init__(self, seed):
        self.chance = chance.Chance(seed)

    def odd(self, spec):
        """The same, at times with what few people would ask for."""
        spec = SON(spec)
        if self.chance.often(20):
            spec["key"] = self.chance.one_of(ODD_KEYS)
        if self.chance.often(25):
            option, value = self.chance.one_of(ODD_OPTIONS)
            spec[option] = value
        return spec

    def create(self, *specs):
        return SON([("createIndexes", "c"), ("indexes", list(specs))])

    def after(self, usual, spec):
        """One of the things that are done to an index that is there; `usual` is what it was before it was made odd."""
        name, one_of = spec["name"], self.chance.one_of
        change = one_of([("hidden", True), ("hidden", False), ("expireAfterSeconds", 77), ("expireAfterSeconds", Int64(5)),
                         ("unique", True), ("prepareUnique", True), ("wat", 1)])
        return one_of([
            lambda: self.create(one_of(list(chance.changes(usual)))), lambda: self.create(spec),
            lambda: self.create(chance.with_options(spec, name="another")),
            lambda: SON([("collMod", "c"), ("index", SON([("name", one_of([name, name, "none"])), change]))]),
            lambda: SON([("collMod", "c"), ("index", SON([("keyPattern", spec["key"]), change]))]),
            lambda: SON([("dropIndexes", "c"), ("index", one_of([name, "none", "*", "_id_", spec["key"], [name], [name, "none"]]))]),
            lambda: SON([("insert", "c"), ("documents", [SON(_id=9, a=1), SON(_id=10, a=1)])])])()

    def story(self):
        """Commands one after the other; each is followed by a look at what there is."""
        if self.chance.often(35):
            yield SON([("create", "c"), *self.chance.one_of(COLLECTIONS).items()])
        if self.chance.often(40):
            yield SON([("insert", "c"), ("documents", DOCUMENTS)])
        usual = self.chance.spec()
        spec = self.odd(usual)
        yield self.create(spec) if self.chance.often(80) else self.create(spec, self.odd(self.chance.spec()))
        for _ in range(3):
            yield self.after(usual, spec)


LOOKS = [SON(listIndexes="c"), SON([("listCollections", 1), ("filter", SON(name="c"))]),
         SON([("aggregate", "c"), ("pipeline", [{"$indexStats": {}}]), ("cursor", {})])]
