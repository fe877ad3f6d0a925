"""A real redis-server of the test's own, on a private port and folder; and `mim worker` beside it.
MIM_TEST_REDIS_SERVER names another program that speaks for it: valkey-server."""
import os
import pathlib
import re
import signal
import subprocess

import outputs
from ports import HeldPort
from processes import Process
from waiting import eventually

PROGRAM = os.environ.get("MIM_TEST_REDIS_SERVER", "redis-server")


class Redis:
    """Keeps what it was told in an append-only file, so that it may be killed and started again."""

    def __init__(self, folder, password=None):
        self.folder, self.password = pathlib.Path(folder), password
        self._held = HeldPort()
        self.port = self._held.number
        self.folder.mkdir(parents=True, exist_ok=True)
        outputs.watch(self.folder)  # its file of appends holds every command, and so every job
        self.process = None
        self.start()

    @property
    def uri(self):
        return f"redis://{':' + self.password + '@' if self.password else ''}127.0.0.1:{self.port}/2"

    def start(self):
        command = [PROGRAM, "--port", str(self.port), "--bind", "127.0.0.1", "--dir", str(self.folder), "--save",
                   "", "--appendonly", "yes", "--appendfsync", "everysec"]
        command += ["--requirepass", self.password] if self.password else []
        with open(self.folder / "redis.log", "ab") as log:
            self.process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        eventually(lambda: self.command("PING") == "PONG", 20, what="redis answers")

    def command(self, *words):
        command = ["redis-cli", "-p", str(self.port), "-n", "2", "--no-auth-warning"]
        command += ["-a", self.password] if self.password else []
        done = subprocess.run([*command, *map(str, words)], text=True, stdout=subprocess.PIPE,
                              stderr=subprocess.DEVNULL, timeout=20)
        return done.stdout.strip()

    def cut_connections(self):
        self.command("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes")

    def signal(self, number):
        self.process.send_signal(number)

    def kill(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGCONT)
            self.process.kill()
        self.process.wait()


class Worker(Process):
    def __init__(self, data, logs, **settings):
        super().__init__("worker", ["worker", "--data", data], logs, r"mim (worker) runs up to (\d+)", settings)

    def signal(self, number):
        self.process.send_signal(number)


def metrics(api, names):
    """The values of some series of one metrics page; their labels are a part of the names."""
    page = api._session.get(api.address + "/metrics", timeout=30).text
    found = [re.search(rf"^{re.escape(name)} (\S+)$", page, re.MULTILINE) for name in names]
    return [float(each.group(1)) if each else None for each in found]


def metric(api, name):
    return metrics(api, [name])[0]
