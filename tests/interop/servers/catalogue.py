"""The MongoDB-compatible servers that others wrote, by name. `start(name)` installs when needed, and blocks meanwhile."""
import ferret
import mongod
import named
import secantus
from serving import Unavailable

SERVERS = {"secantusdb": secantus.start, "ferretdb": ferret.start, "mongod": mongod.standalone,
           "mongod-set": mongod.one_member, "mongod-set-of-three": mongod.three_members,
           "mongod-access": mongod.with_access_control, "mongodb": named.start}
__all__ = ["SERVERS", "Unavailable", "is_real", "lacking", "start"]


def is_real(name):
    """Whether it is MongoDB itself."""
    return name.startswith("mongo")


def lacking(name):
    """Why there is no use in starting a MongoDB of this name, told before anything is tried; None of all others."""
    if name == "mongodb":
        return None if named.is_named() else f"{named.VARIABLE} names no deployment"
    return "no mongod is on the PATH" if is_real(name) and mongod.path() is None else None


def start(name, held=None):
    """A running server with `uri`, `version` and `stop()`, on the port that is `held` or one of its own; Unavailable says why
    there is none."""
    return SERVERS[name](held)
