"""`mim serve` and `mim worker` as a file of deploy/ starts them, on ports and addresses of this machine."""
import re

from processes import BINARY, Process  # noqa: F401: BINARY for whoever imports this

SERVING = r"mim listening on http://([^\s:]+):(\d+)"
WORKING = r"(mim worker runs up to) (\d+)"


def on_a_free_port(listen):
    """The same host: what the binary asks of one that listens beyond loopback, it asks here too."""
    return re.sub(r":\d+$", ":0", listen)


def of_this_machine(environment, request):
    """The engines that the settings name, replaced by those of this machine."""
    moved = dict(environment)
    if "MIM_STORE" in moved:
        assert re.match(r"mongodb://manager:[^@/]+@[^/]+/db_manager(\?|$)", moved["MIM_STORE"])
        moved["MIM_STORE"] = request.getfixturevalue("mongodb") + "db_manager"
    if "MIM_QUEUE" in moved:
        assert re.match(r"rediss?://:[^@/]+@[^/]+$", moved["MIM_QUEUE"])
        moved["MIM_QUEUE"] = request.getfixturevalue("redis")
    return moved


def start(label, arguments, environment, logs):
    environment = dict(environment)
    if "MIM_LISTEN" in environment:
        environment["MIM_LISTEN"] = on_a_free_port(environment["MIM_LISTEN"])
    ready = SERVING if arguments[0] == "serve" else WORKING
    process = Process(label, arguments, logs, ready, environment)
    process.address = f"http://127.0.0.1:{process.port}"
    return process
