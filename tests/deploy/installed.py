"""A `mim` that was installed in a root of its own, started there as its unit or a person would."""
import re
import subprocess
import time

import planted
import roots
from client import Api
from files import say
from waiting import eventually

START_SECONDS = 60
STOP_SECONDS = 60


class Server:
    """`serve` in the root; it takes any free port, whatever its settings say."""

    def __init__(self, root, label, words, user, environment, logs):
        self.root, self.user, self.environment = root, user, environment
        self.log_path = logs / f"{label}.log"
        begun = time.monotonic()
        with open(self.log_path, "ab") as log:
            self.process = subprocess.Popen(
                roots.entering(root, *words, user=user, environment=environment | {"MIM_LISTEN": "127.0.0.1:0"}),
                stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        try:
            found = eventually(self._listening, START_SECONDS, 0.002, what=f"{label} is ready")
        except AssertionError:
            self.kill()
            raise
        self.api = Api(found.group(1))
        say(f"deploy: {label} listens {1000 * (time.monotonic() - begun):.0f} ms after it was asked to start")

    def _listening(self):
        said = self.log_path.read_text(errors="replace")
        assert self.process.poll() is None, f"it ended with {self.process.returncode}: {said[-2000:]}"
        return re.search(r"mim listening on (http://\S+:\d+)", said)

    def stop(self):
        self.process.terminate()
        code = self.process.wait(STOP_SECONDS)
        assert code == 0, self.log_path.read_text(errors="replace")[-2000:]
        self.log_path.unlink()

    def kill(self):
        self.process.kill()
        self.process.wait()

    def administrator(self, program, name):
        """The first account, made on the command line by the user of the server."""
        self.api.username, self.api.password = name, planted.new_password()
        made = subprocess.run(
            roots.entering(self.root, program, "user", "create-admin", "--username", name, "--email", f"{name}@example.org",
                           user=self.user, environment=self.environment),
            input=self.api.password + "\n", text=True, capture_output=True, timeout=START_SECONDS)
        assert made.returncode == 0, made.stderr
        return self.api.log_in()


def unit_lines(root, name, unit="mim.service"):
    text = (root / "usr/lib/systemd/system" / unit).read_text()
    return re.findall(rf"^{name}=(.*)$", text, re.M)


def start_unit(root, label, logs):
    """What systemd would do with mim.service, as far as a process can tell."""
    (words,), (user,), (group,) = (unit_lines(root, name) for name in ("ExecStart", "User", "Group"))
    environment = dict(line.split("=", 1) for line in unit_lines(root, "Environment"))
    return Server(root, label, words.split(), f"{user}:{group}", environment, logs)
