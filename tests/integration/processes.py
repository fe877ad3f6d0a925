"""The processes under test: `mim serve`, `mim sandbox` and one-shot commands, each with its output in a file."""
import functools
import itertools
import os
import pathlib
import re
import shutil
import signal
import subprocess
import tempfile

import pymongo

import outputs
from ports import HeldPort
from waiting import eventually

ROOT = pathlib.Path(__file__).resolve().parents[2]
BINARY = str(pathlib.Path(os.environ.get("MIM_BINARY") or ROOT / "build" / "mim").absolute())
GRACE_SECONDS = 60
START_SECONDS = 60

_numbers = itertools.count(1)


def clean_environment(**settings):
    """The caller's environment without any setting of ours, so that only what a test sets is set."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MIM_")}
    kept.update({name: str(value) for name, value in settings.items()})
    return kept


def status_of(server, field):
    """A figure of the system about a process, such as its largest memory so far (VmHWM) in kilobytes."""
    with open(f"/proc/{server.process.pid}/status", encoding="ascii") as status:
        return int(re.search(rf"^{field}:\s+(\d+)", status.read(), re.MULTILINE)[1])


@functools.cache
def foreign_symbols():
    """The functions that the binary takes from libraries, by name."""
    told = subprocess.run(["nm", "--dynamic", "--undefined-only", BINARY], check=True, capture_output=True, text=True)
    return frozenset(re.findall(r" U (\w+)@?", told.stdout))


def built_for_users():
    """Whether it is a build without AddressSanitizer."""
    return not any(name.startswith("__asan_") for name in foreign_symbols())


def command(*arguments, timeout=120, typed="", **settings):
    """Runs a command that is expected to end by itself."""
    done = subprocess.run([BINARY, *map(str, arguments)], env=clean_environment(**settings), text=True, input=typed,
                          stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=timeout)
    outputs.record("commands", done.stdout + done.stderr)
    return done


class Process:
    """A long-running command; it is ready when its standard output holds the `ready` line."""

    def __init__(self, label, arguments, logs, ready, settings):
        number = next(_numbers)
        self.out_path = logs / f"{number:04d}-{label}.out"
        self.log_path = logs / f"{number:04d}-{label}.log"
        with open(self.out_path, "wb") as out, open(self.log_path, "wb") as log:
            self.process = subprocess.Popen([BINARY, *map(str, arguments)], env=clean_environment(**settings),
                                            stdin=subprocess.DEVNULL, stdout=out, stderr=log)
        try:
            found = eventually(lambda: self._ready(ready), START_SECONDS, 0.002, what=f"{label} is ready")
        except AssertionError:
            self.kill()
            raise
        self.host, self.port = found.group(1), int(found.group(2))

    def _ready(self, ready):
        if self.process.poll() is not None:
            raise AssertionError(f"it ended with {self.process.returncode} instead of starting: {self.log()[-2000:]}")
        return re.search(ready, self.out_path.read_text(errors="replace"))

    def log(self):
        return self.out_path.read_text(errors="replace") + self.log_path.read_text(errors="replace")

    def stop(self, number=signal.SIGTERM, seconds=GRACE_SECONDS):
        """Asks it to end and returns its exit code; a process that does not end in time is an error."""
        if self.process.poll() is None:
            self.process.send_signal(number)
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill()
            raise AssertionError(f"did not end within {seconds} s of {number!r}: {self.log()[-2000:]}") from None

    def kill(self):
        if self.process.poll() is None:
            self.process.kill()
        self.process.wait()


@functools.cache
def _key_folder():
    folder = tempfile.TemporaryDirectory(prefix="mim-test-keys-")
    assert command("keygen", "--out", folder.name).returncode == 0
    return folder


class Server(Process):
    """`keys`: "own" lets a first start make the token keys, which costs more than all the rest of it; for the tests that
    are about them. All others get the same pair."""

    def __init__(self, data, logs, port=0, keys="given", **settings):
        self.data = pathlib.Path(data)
        if keys == "given" and not (self.data / "private.pem").exists():
            self.data.mkdir(mode=0o700, parents=True, exist_ok=True)
            for name in ("private.pem", "public.pem"):
                shutil.copy(pathlib.Path(_key_folder().name) / name, self.data)
        outputs.watch(self.data)
        arguments = ["serve", "--listen", f"127.0.0.1:{port}", "--data", data]
        super().__init__("serve", arguments, logs, r"mim listening on https?://([^\s:]+):(\d+)", settings)
        scheme = "https" if "MIM_TLS_CERTIFICATE" in settings else "http"
        self.address = f"{scheme}://{self.host}:{self.port}"

    def file_named(self, name):
        """A file anywhere below the data folder, such as a key."""
        return next(self.data.rglob(name))


class Sandbox(Process):
    """It may be killed and another one started in its place: on the port that it `held`."""

    def __init__(self, logs, held=None, latency_ms=None, auth=None, seed=None, version=None, replica_set=None,
                 feature_version=None):
        self.held, self._client = held or HeldPort(), None
        arguments = ["sandbox", "--listen", f"127.0.0.1:{self.held.number}"]
        arguments += ["--latency-ms", latency_ms] if latency_ms is not None else []
        arguments += ["--auth", auth] if auth else []
        arguments += ["--seed", seed] if seed else []
        arguments += ["--server-version", version] if version else []
        arguments += ["--replica-set", replica_set] if replica_set else []
        arguments += ["--feature-version", feature_version] if feature_version else []
        super().__init__("sandbox", arguments, logs, r"sandbox listening on ([^\s:]+):(\d+)", {})
        self.uri = f"mongodb://{self.host}:{self.port}/"

    @property
    def client(self):
        if self._client is None:
            self._client = pymongo.MongoClient(self.uri, serverSelectionTimeoutMS=30_000, retryWrites=False)
        return self._client

    def kill(self):
        if self._client is not None:
            self._client.close()
            self._client = None
        super().kill()
