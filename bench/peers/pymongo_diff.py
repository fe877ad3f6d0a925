"""What a careful script does: asks for the indexes of one collection after the other and compares them.

Prints the seconds it took and the number of differences. Arguments: URI, database, file with the desired specs.
"""
import json
import sys
import time

import pymongo

IGNORED = {"v", "ns", "background"}


def comparable(spec):
    return {name: value for name, value in spec.items() if name not in IGNORED}


def main(uri, name, path):
    desired = json.load(open(path))
    database = pymongo.MongoClient(uri)[name]
    database.command("ping")
    started = time.perf_counter()
    differences = 0
    for collection, specs in desired.items():
        live = {index["name"]: comparable(index.to_dict()) for index in database[collection].list_indexes()}
        live.pop("_id_", None)
        wanted = {spec["name"]: comparable(spec) for spec in specs}
        differences += len(live.keys() ^ wanted.keys())
        differences += sum(live[key] != wanted[key] for key in live.keys() & wanted.keys())
    print(json.dumps({"seconds": time.perf_counter() - started, "differences": differences}))


main(*sys.argv[1:])
