"""What MongoDB lists of its indexes, and what it refuses."""
import bson
import pymongo.errors
from bson.son import SON

import written
from differences import general


def told(details):
    """(code, the rule) of a refusal by MongoDB."""
    return f"{details.get('code')} {general(details.get('errmsg') or details.get('message') or '')}"


def comparable(spec):
    """A listed index to the last bit, but for its name and the order of its options."""
    return {name: bson.encode({"": value}) for name, value in spec.items() if name != "name"}


def listing(database, collections):
    """{(collection, name of an index): what MongoDB lists of it}"""
    found = {}
    for collection in collections:
        try:
            listed = database.command("listIndexes", collection, codec_options=bson.CodecOptions(document_class=SON))
        except pymongo.errors.OperationFailure as error:
            assert error.code == 26, error
            continue
        found.update({(collection, spec["name"]): spec for spec in listed["cursor"]["firstBatch"] if spec["name"] != "_id_"})
    return found


def refusal(database, collection, spec):
    """None where MongoDB takes it."""
    try:
        written.create(database, collection, spec)
    except pymongo.errors.OperationFailure as refused:
        return told(refused.details)
    return None
