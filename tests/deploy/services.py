"""`mim serve` and `mim worker` as a file of deploy/ starts them, on ports and addresses of this machine."""
import re
import secrets
import subprocess

import planted
from client import Api
from processes import BINARY, Process, clean_environment

SEAL_KEY = secrets.token_hex(32)
planted.remember("the key that seals", SEAL_KEY)

SERVING = r"mim listening on http://([^\s:]+):(\d+)"
WORKING = r"(mim worker runs up to) (\d+)"


def on_a_free_port(listen):
    """The same host: what the binary asks of one that listens beyond loopback, it asks here too."""
    return re.sub(r":\d+$", ":0", listen)


def of_this_machine(environment, request):
    """The engines that the settings name, replaced by those of this machine."""
    moved = with_keys(dict(environment))
    if "MIM_STORE" in moved:
        assert re.match(r"mongodb://manager:[^@/]+@[^/]+/db_manager(\?|$)", moved["MIM_STORE"])
        moved["MIM_STORE"] = request.getfixturevalue("mongodb") + "db_manager"
    if "MIM_QUEUE" in moved:
        assert re.match(r"rediss?://:[^@/]+@[^/]+$", moved["MIM_QUEUE"])
        moved["MIM_QUEUE"] = request.getfixturevalue("redis")
    return moved


def with_keys(environment):
    """Whoever shares a store on MongoDB is given keys; a file has nothing but a place for them."""
    assert ("MIM_SECRET_KEYS" in environment) == ("MIM_STORE" in environment), sorted(environment)
    return environment | ({"MIM_SECRET_KEYS": SEAL_KEY} if "MIM_STORE" in environment else {})


def administrator(server, name, **settings):
    """Whoever runs it makes the first account where nobody may register; then that one logs in."""
    api = Api(server.address)
    api.username, api.password = name, planted.new_password()
    made = subprocess.run([BINARY, "user", "create-admin", "--username", name, "--email", f"{name}@example.org"],
                          env=clean_environment(**settings), input=api.password + "\n", text=True, capture_output=True,
                          timeout=60)
    assert made.returncode == 0, made.stderr
    return api.log_in()


def start(label, arguments, environment, logs):
    environment = dict(environment)
    if "MIM_LISTEN" in environment:
        environment["MIM_LISTEN"] = on_a_free_port(environment["MIM_LISTEN"])
    ready = SERVING if arguments[0] == "serve" else WORKING
    process = Process(label, arguments, logs, ready, environment)
    process.address = f"http://127.0.0.1:{process.port}"
    return process
