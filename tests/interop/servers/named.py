"""A deployment that exists already: the real mongod (or whatever else) that MIM_TEST_MONGODB_URI names."""
import os

import pymongo
import pymongo.errors

from serving import Unavailable

VARIABLE = "MIM_TEST_MONGODB_URI"


class Named:
    name = "mongodb"

    def __init__(self, uri):
        self.uri = uri
        client = pymongo.MongoClient(uri, serverSelectionTimeoutMS=5000)
        try:
            self.version = client.admin.command("buildInfo")["version"]
        except pymongo.errors.PyMongoError as error:
            raise Unavailable(f"the deployment that {VARIABLE} names does not answer: {type(error).__name__}") from None
        finally:
            client.close()

    def stop(self):
        """It is not ours to stop; what the tests made in it they remove themselves."""


def is_named():
    return bool(os.environ.get(VARIABLE))


def start(held=None):
    uri = os.environ.get(VARIABLE)
    if not uri:
        raise Unavailable(f"no real MongoDB: {VARIABLE} is not set")
    return Named(uri)
