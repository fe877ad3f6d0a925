"""What differs between the versions of MongoDB, each as commands that a server of any version can be asked. The table of
docs/compatibility.md is what the sandbox answers, whose rules are those of the service; a real server is held to its column."""
import math
import pathlib

import bson
import pymongo.errors
from bson.son import SON

PAGE = pathlib.Path(__file__).resolve().parents[3] / "docs/compatibility.md"
VERSIONS = ["4.4", "5.0", "6.0", "7.0", "8.0", "8.2"]
TAKEN = "yes"
NAME = "x"


def create(key, name=NAME, **options):
    return SON([("createIndexes", "c"), ("indexes", [SON(key=SON(key), name=name, **options)])])


def alter(**changes):
    return SON([("collMod", "c"), ("index", SON(name=NAME, **changes))])


def filtered(condition):
    return create([("a", 1)], partialFilterExpression=condition)


def beside(key=(("a", 1),), **options):
    return [create([("a", 1)]), create(key, "y", **options)]


A = [("a", 1)]
ALL = [("$**", 1)]
LIFE = create(A, expireAfterSeconds=60)
SERIES = SON([("create", "c"), ("timeseries", {"timeField": "t", "metaField": "m"})])
CAPPED = SON([("create", "c"), ("capped", True), ("size", 4096)])
CLUSTERED = SON([("create", "c"), ("clusteredIndex", {"key": {"_id": 1}, "unique": True})])


def listed(option):
    """How the option stands in the listing of the index that was made."""
    def tell(database, _reply):
        index, = (each for each in database.list("c") if each["name"] == NAME)
        return f"`{in_words(index[option])}`" if option in index else "left out"
    return tell


def in_words(value):
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {in_words(value[name])}" for name in sorted(value)) + "}"
    if isinstance(value, bool):
        return "true" if value else "false"
    return f'"{value}"' if isinstance(value, str) else str(value)


def same_or_not(_database, reply):
    """Of a second index: whether the server takes it for the one that is there."""
    return "the same" if reply.get("note") else "both live"


KINDS = "keys and kinds"
OPTIONS = "options"
IDENTITY = "two indexes"
IN_PLACE = "changes in place (`collMod`)"
LISTED = "as it is listed"
COLLECTIONS = "collections"

# (group, what, the commands, of which the last one is asked about; how its answer is told, where "yes" does not say enough)
ROWS = [
    (KINDS, '`{a: 1, b: "hashed"}`', [create([("a", 1), ("b", "hashed")])]),
    (KINDS, '`{"$**": 1}`', [create(ALL)]),
    (KINDS, '`{"$**": -1}`', [create([("$**", -1)])]),
    (KINDS, '`{"a.$**": 1, b: 1}`', [create([("a.$**", 1), ("b", 1)])]),
    (KINDS, '`{a: "2d", "$**": 1}`', [create([("a", "2d"), ("$**", 1)])]),
    (KINDS, '`{a: "wildcard"}`', [create([("a", "wildcard")])]),
    (OPTIONS, "`hidden`", [create(A, hidden=True)]),
    (OPTIONS, "`prepareUnique`", [create(A, prepareUnique=True)]),
    (OPTIONS, "`originalSpec`", [create(A, originalSpec={})]),
    (OPTIONS, "`bucketSize`", [create(A, bucketSize=1)]),
    (OPTIONS, "levels of a 2dsphere index with a fraction", [create([("a", "2dsphere")], finestIndexedLevel=10.5)]),
    (OPTIONS, "filter: `$all` of values", [filtered({"a": {"$all": [1, 2]}})]),
    (OPTIONS, "filter: `$in`", [filtered({"a": {"$in": [1, 2]}})]),
    (OPTIONS, "filter: `$or`", [filtered({"$or": [{"a": 1}, {"b": 1}]})]),
    (OPTIONS, "filter: an `$and` in an `$and`", [filtered({"$and": [{"$and": [{"a": 1}, {"b": 1}]}, {"c": 1}]})]),
    (OPTIONS, "filter: five levels", [filtered({"$and": [{"$and": [{"$and": [{"$and": [{"a": 1}]}]}]}]})]),
    (OPTIONS, '`{locale: "simple"}` with other fields', [create(A, collation={"locale": "simple", "strength": 2})]),
    (OPTIONS, "a collation's `strength` of 9", [create(A, collation={"locale": "en", "strength": 9})]),
    (OPTIONS, "a lifetime of NaN", [create(A, expireAfterSeconds=math.nan)]),
    (OPTIONS, "a lifetime of -0.5", [create(A, expireAfterSeconds=-0.5)]),
    (OPTIONS, "a lifetime of 2147483647", [create(A, expireAfterSeconds=2147483647)]),
    (OPTIONS, "a lifetime in a capped collection", [CAPPED, LIFE]),
    (IDENTITY, "a unique one beside a plain one", beside(unique=True)),
    (IDENTITY, "a sparse one beside a plain one", beside(sparse=True)),
    (IDENTITY, "a partial one beside a plain one", beside(partialFilterExpression={"b": 1})),
    (IDENTITY, "another collation", beside(collation={"locale": "de"})),
    (IDENTITY, "another `wildcardProjection`", [create(ALL), create(ALL, "y", wildcardProjection={"a": 1})]),
    (IDENTITY, "the same one, hidden, asked for again", [create(A), create(A, hidden=True)], same_or_not),
    (IDENTITY, "the same filter in another order, asked for again",
     [filtered(SON([("a", 1), ("b", 1)])), filtered(SON([("b", 1), ("a", 1)]))], same_or_not),
    (IDENTITY, "lifetimes of 60.5 and 60", [create(A, expireAfterSeconds=60.5), LIFE], same_or_not),
    (IN_PLACE, "a lifetime, to another", [LIFE, alter(expireAfterSeconds=90)]),
    (IN_PLACE, "a lifetime, to -1", [LIFE, alter(expireAfterSeconds=-1)]),
    (IN_PLACE, "a lifetime, of an index that had none", [create(A), alter(expireAfterSeconds=90)]),
    (IN_PLACE, "`hidden`", [create(A), alter(hidden=True)]),
    (IN_PLACE, "`prepareUnique`", [create(A), alter(prepareUnique=True)]),
    (IN_PLACE, "`unique`", [create(A), alter(prepareUnique=True), alter(unique=True)]),
    (LISTED, "`wildcardProjection: {a: 1}`", [create(ALL, wildcardProjection={"a": 1})], listed("wildcardProjection")),
    (LISTED, "`expireAfterSeconds: 60.5`", [create(A, expireAfterSeconds=60.5)], listed("expireAfterSeconds")),
    (LISTED, "`expireAfterSeconds: NaN`", [create(A, expireAfterSeconds=math.nan)], listed("expireAfterSeconds")),
    (LISTED, "`background: true`", [create(A, background=True)], listed("background")),
    (LISTED, "`2dsphereIndexVersion`, left out", [create([("a", "2dsphere")])], listed("2dsphereIndexVersion")),
    (COLLECTIONS, "clustered", [CLUSTERED]),
    (COLLECTIONS, "time series", [SERIES]),
    (COLLECTIONS, "time series: an index on measurements", [SERIES, create(A)]),
    (COLLECTIONS, "time series: `sparse` on measurements", [SERIES, create(A, sparse=True)]),
    (COLLECTIONS, "time series: a filter", [SERIES, create([("m", 1)], partialFilterExpression={"m": {"$gt": 1}})]),
    (COLLECTIONS, "time series: a lifetime with a filter on the meta field",
     [SERIES, create([("t", 1)], expireAfterSeconds=60, partialFilterExpression={"m": {"$gt": 1}})]),
    (COLLECTIONS, "dropping several, one of them unknown", [create(A), SON([("dropIndexes", "c"), ("index", [NAME, "y"])])]),
]


class Asked:
    """An empty database of a server."""

    def __init__(self, client, name):
        self.client, self.name = client, name
        client.drop_database(name)

    def list(self, collection):
        return self.client[self.name].command("listIndexes", collection)["cursor"]["firstBatch"]

    def answer(self, steps, tell=None):
        """"yes", what `tell` makes of the last reply, or the code of the refusal; none when a step before it is refused."""
        for number, step in enumerate(steps, 1):
            try:
                reply = self.client[self.name].command(bson.decode(bson.encode(step), bson.CodecOptions(document_class=SON)))
            except pymongo.errors.OperationFailure as refused:
                return str(refused.code) if number == len(steps) else None
        return tell(self, reply) if tell else TAKEN


def answers(client, name):
    """One for each row, from a server that has no such database."""
    try:
        return [Asked(client, name).answer(*row[2:]) or "–" for row in ROWS]
    finally:
        client.drop_database(name)


def head(corner=""):
    return f"| {corner} | ".replace("|  |", "| |") + " | ".join(VERSIONS) + " |"


RULE = "|---|" + "---|" * len(VERSIONS)


def table(columns):
    """Lines of Markdown; `columns` has the answers of each version."""
    lines = [head(), RULE]
    group = None
    for number, row in enumerate(ROWS):
        if row[0] != group:
            group = row[0]
            lines.append(f"| **{group}** |" + " |" * len(VERSIONS))
        lines.append(f"| {row[1]} | " + " | ".join(columns[version][number] for version in VERSIONS) + " |")
    return lines


def place_on_the_page(first):
    """The lines of the page, and where the table with this first line begins and ends among them."""
    lines = PAGE.read_text().splitlines()
    begin = lines.index(first)
    return lines, begin, next(at for at in range(begin, len(lines) + 1) if at == len(lines) or not lines[at].startswith("|"))


def on_the_page(first):
    lines, begin, end = place_on_the_page(first)
    return lines[begin:end]


def write_to_the_page(made):
    lines, begin, end = place_on_the_page(made[0])
    PAGE.write_text("\n".join([*lines[:begin], *made, *lines[end:]]) + "\n")


def column_on_the_page(version):
    """(what was asked, the answer) of each row."""
    rows = [[cell.strip() for cell in line.strip("|").split(" | ")] for line in on_the_page(head())]
    return [(row[0], row[rows[0].index(version)]) for row in rows[2:] if not row[0].startswith("**")]
