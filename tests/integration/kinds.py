"""One index of every kind, and names and values that only careful quoting survives."""
from written import from_json

KINDS = """[
 {"key": {"a": 1}, "name": "a_1"},
 {"key": {"a": -1, "b.c": 1, "d": -1}, "name": "compound"},
 {"key": {"l": {"$numberLong": "1"}, "d": {"$numberDouble": "-0.5"}, "i": 7}, "name": "numbers"},
 {"key": {"h": "hashed", "z": 1}, "name": "hashed"},
 {"key": {"p": "2d", "kind": 1}, "name": "plane", "bits": 20, "min": {"$numberDouble": "-90.5"}, "max": 90},
 {"key": {"g": "2dsphere", "at": -1}, "name": "sphere", "2dsphereIndexVersion": 2},
 {"key": {"before": 1, "title": "text", "body": "text", "after": -1}, "name": "words",
  "weights": {"title": 10, "extra": 3}, "default_language": "spanish", "language_override": "idioma"},
 {"key": {"$**": 1}, "name": "everything", "wildcardProjection": {"secret": 0, "deep.er": 0}},
 {"key": {"deep.$**": 1}, "name": "below"},
 {"key": {"owner": 1, "$**": 1, "tail": -1}, "name": "compound wildcard", "wildcardProjection": {"attributes": 1}},
 {"key": {"u": 1}, "name": "unique", "unique": true, "sparse": true},
 {"key": {"hidden": 1}, "name": "hidden", "hidden": true},
 {"key": {"expires": 1}, "name": "expires", "expireAfterSeconds": 2147483647},
 {"key": {"expires": 1, "never": 1}, "name": "engine",
  "storageEngine": {"wiredTiger": {"configString": "block_compressor=zlib"}}},
 {"key": {"name": 1}, "name": "french", "collation": {"locale": "fr_CA", "strength": 2, "backwards": false, "normalization": false,
  "caseLevel": true, "caseFirst": "upper", "numericOrdering": true, "alternate": "shifted", "maxVariable": "space"}}
]"""

TYPED = """[
 {"a": {"$date": {"$numberLong": "1600000000123"}}}, {"a": {"$gt": {"$date": {"$numberLong": "-1"}}}},
 {"a": {"$oid": "0123456789abcdef01234567"}}, {"a": {"$numberLong": "9007199254740993"}},
 {"a": {"$numberDouble": "1.0"}}, {"a": {"$numberInt": "1"}}, {"a": {"$numberDouble": "-0.0"}},
 {"a": {"$numberDouble": "Infinity"}}, {"a": {"$numberDecimal": "1.50"}},
 {"a": {"$binary": {"base64": "AAEC/w==", "subType": "00"}}}, {"a": {"$timestamp": {"t": 7, "i": 2}}},
 {"a": {"$minKey": 1}}, {"a": null}, {"a": {"$exists": true}}, {"a": {"$in": [1, "x", {"$numberLong": "2"}, null]}},
 {"$or": [{"a": true}, {"b": {"$lte": "\\u2028 \\"quoted\\" \\\\ `${x}`"}}]},
 {"a": {"$eq": {"2": 1, "b": {"$numberLong": "1"}, "1": {"x": []}}}}, {"a": {"$type": ["string", 16]}}
]"""

ODD = ["it's", 'a "b"', "back\\slash", "line\nbreak\r\t", "\u2028 and \u2029", "dollar$ign $", "${x} `y`", "*/ // <!--",
       "</script>", "__proto__", "constructor", "\u00fc\u4e2d\U0001f600", "%s %d", " ", "-->", "\x01\x7f\x85\ufeff"]


def kinds():
    return from_json(KINDS)


def typed():
    """Partial indexes whose filters hold values of every type that a filter may."""
    return [{"key": {f"t{number}": 1}, "name": f"typed {number}", "partialFilterExpression": each}
            for number, each in enumerate(from_json(TYPED))]


def odd_specs():
    """Indexes whose names and fields are odd; their keys have fields that an object literal would reorder or lose."""
    fields = [field for field in ODD if not field.startswith("$")]
    specs = [{"key": {field: 1, "10": -1, "2": 1, "__proto__ ": 1}, "name": name} for field, name in zip(fields, ODD)]
    return specs + [{"key": {"b": 1, "1": -1, "0": 1}, "name": "b_1_1_-1_0_1"}, {"key": {"1": -1, "0": 1, "b": 1}, "name": "b"}]


def odd_collections():
    return [name.replace("$", "S").replace("\x00", "") for name in ODD if name.strip()] + ["with.dot", "123"]
