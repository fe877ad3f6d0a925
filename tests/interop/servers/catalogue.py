"""The MongoDB-compatible servers that others wrote, by name. `start(name)` installs when needed, and blocks meanwhile."""
import ferret
import named
import secantus
from serving import Unavailable

SERVERS = {"secantusdb": secantus.start, "ferretdb": ferret.start, "mongodb": named.start}
__all__ = ["SERVERS", "Unavailable", "start"]


def start(name, held=None):
    """A running server with `uri`, `version` and `stop()`, on the port that is `held` or one of its own; Unavailable says why
    there is none."""
    return SERVERS[name](held)
