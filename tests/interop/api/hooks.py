"""Loaded by schemathesis: who it signs in as, and that it often asks for things that exist."""
import os
import random
import re

import requests
import schemathesis

ORIGIN = os.environ["RANDOM_REQUESTS_ORIGIN"]
NAME, PASSWORD = os.environ["RANDOM_REQUESTS_USER"], os.environ["RANDOM_REQUESTS_PASSWORD"]
ID = re.compile(r"[0-9a-fA-F]{24}")
URI = os.environ["RANDOM_REQUESTS_URI"]
LOGIN = {"identity": NAME, "password": PASSWORD}
# So often a request is left as it was made up.
UNTOUCHED = 0.3
# Not the one database that all the others ask about.
DESTROYING = {"deleteDatabase"}
chance = random.Random(int(os.environ["RANDOM_REQUESTS_SEED"]))
known = {"database_id": os.environ["RANDOM_REQUESTS_DATABASE"]}
tokens = {}


def tokens_of_a_new_login():
    reply = requests.post(ORIGIN + "/api/v1/auth/login", json=LOGIN, timeout=30)
    reply.raise_for_status()
    return reply.json()["data"]


@schemathesis.auth(refresh_interval=None)
class SignedIn:
    """One login for all, but for the operations that end it."""

    def get(self, case, _):
        name = case.operation.definition.raw.get("operationId")
        if name in ("refreshToken", "logout"):
            return tokens_of_a_new_login()["refresh_token" if name == "refreshToken" else "access_token"]
        if not tokens:
            tokens.update(tokens_of_a_new_login())
        return tokens["access_token"]

    def set(self, case, data, _):
        case.headers = case.headers or {}
        case.headers["Authorization"] = f"Bearer {data}"


def is_good(case):
    return case.meta is None or case.meta.generation.mode.is_positive


def is_id(value):
    return isinstance(value, str) and ID.fullmatch(value) is not None


def improve(body):
    """Here and there what exists, or what is acceptable, in the place of what was made up."""
    if is_id(body.get("database_id")):
        body["database_id"] = known["database_id"]
    offers = {"uri": URI, "collection": f"c{chance.randrange(3)}", "collections": ["orders"],
              "keys": [{"field": f"f{chance.randrange(9)}", "value": chance.choice([1, -1])}], "options": {}, "order_by": None}
    for name, offer in offers.items():
        if name in body and chance.random() > UNTOUCHED:
            body[name] = offer
            if offer is None:
                del body[name]


@schemathesis.hook
def before_call(_, case, __):
    """A made-up id never exists; one that does makes the request worth more."""
    operation = case.operation.definition.raw["operationId"]
    if not is_good(case) or chance.random() < UNTOUCHED or operation in DESTROYING:
        return
    for name, value in (case.path_parameters or {}).items():
        wanted = name if name != "id" else ("database_id" if "/databases" in case.path else "index_id")
        if is_id(value):
            case.path_parameters[name] = known.get(wanted, value)
    if isinstance(case.body, dict):
        improve(case.body)


@schemathesis.hook
def after_call(_, case, response):
    """Remembers what was made, so that later requests find it."""
    if response.status_code not in (200, 201, 202):
        return
    name = case.operation.definition.raw.get("operationId")
    try:
        data = response.json()["data"]
    except (ValueError, KeyError, TypeError):
        return
    if name == "createIndex":
        known["index_id"] = data["id"]
    if name.startswith("sync") and isinstance(data, dict) and "sync_id" in data:
        known["sync_id"] = data["sync_id"]
