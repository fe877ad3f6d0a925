"""Index specifications as MongoDB writes them, and the same in the words of the API."""
import json

import bson
from bson import json_util
from bson.son import SON

OPTIONS = {
    "unique": "is_unique", "sparse": "is_sparse", "hidden": "is_hidden", "expireAfterSeconds": "expire_after_seconds",
    "collation": "collation", "partialFilterExpression": "partial_filter_expression",
    "wildcardProjection": "wildcard_projection", "storageEngine": "storage_engine", "weights": "weights",
    "default_language": "default_language", "language_override": "language_override",
    "textIndexVersion": "text_index_version", "2dsphereIndexVersion": "sphere_index_version",
    "bits": "bits", "min": "min", "max": "max",
}
COLLATION = {
    "locale": "locale", "strength": "strength", "caseLevel": "case_level", "caseFirst": "case_first",
    "numericOrdering": "numeric_ordering", "alternate": "alternate", "maxVariable": "max_variable",
    "normalization": "normalization", "backwards": "backwards",
}
EXTENDED = json_util.JSONOptions(json_mode=json_util.JSONMode.CANONICAL, document_class=SON, tz_aware=False)


def from_json(text):
    return json_util.loads(text, json_options=EXTENDED)


def extended(value):
    """A value as canonical Extended JSON, ready for a request's body."""
    return json.loads(json_util.dumps(value, json_options=EXTENDED))


def default_name(key):
    return "_".join(f"{field}_{int(value) if isinstance(value, (int, float)) else value}" for field, value in key.items())


def api_options(spec):
    """The options of a specification in the API's words; what it has no word for goes under `other`."""
    options, other = {}, {}
    for name, value in spec.items():
        if name in ("key", "name", "v"):
            continue
        if name == "collation":
            options[name] = {COLLATION[part]: inner for part, inner in value.items() if part in COLLATION}
        elif name == "expireAfterSeconds":
            options[OPTIONS[name]] = int(value)
        elif name in ("unique", "sparse", "hidden"):
            options[OPTIONS[name]] = bool(value)
        elif name in OPTIONS:
            documents = isinstance(value, dict) and name != "weights"
            options[OPTIONS[name]] = extended(value) if documents else value
        else:
            other[name] = extended(value)
    return {**options, **({"other": other} if other else {})}


def api_definition(database_id, collection, spec):
    keys = [{"field": field, "value": extended(value)} for field, value in spec["key"].items()]
    return {"database_id": database_id, "collection": collection, "name": spec.get("name", ""), "keys": keys,
            "options": api_options(spec)}


def raw_specs(database, collection):
    """The live indexes but `_id_`, by name, each as its BSON types have it, the order of options aside."""
    listed = database.command("listIndexes", collection)["cursor"]["firstBatch"]
    return {spec["name"]: comparable(spec) for spec in listed if spec["name"] != "_id_"}


def comparable(spec):
    parts = {name: value for name, value in spec.items() if name not in ("ns", "background")}
    return {name: bson.encode({"": value}) if name == "key" else as_sets(value) for name, value in sorted(parts.items())}


def as_sets(value):
    """Without the order of fields; with the type of every number."""
    if isinstance(value, dict):
        return {name: as_sets(inner) for name, inner in sorted(value.items())}
    if isinstance(value, list):
        return [as_sets(inner) for inner in value]
    return (type(value).__name__, value)


def create(database, collection, *specs):
    return database.command(SON([("createIndexes", collection), ("indexes", list(specs))]))
