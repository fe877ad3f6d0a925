"""Three servers, three workers, one Redis, one store, two targets: and the ways in which each of them may fail."""
import pathlib
import random
import signal
import sys
import threading

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path += [str(ROOT / "tests" / "integration"), str(ROOT / "tests" / "interop" / "servers")]

from ports import HeldPort  # noqa: E402
from processes import Sandbox, Server, command  # noqa: E402
from redis_server import Redis, Worker  # noqa: E402

SERVERS, WORKERS, TARGETS = 3, 3, 2
LEASE_SECONDS = 1


class Fleet:
    def __init__(self, folder, store=None):
        self.folder = pathlib.Path(folder)
        self.logs, self.data = self.folder / "logs", self.folder / "data"
        self.logs.mkdir()
        self.redis = Redis(self.folder / "redis", "S3cr3t-chaos")
        self.settings = {"MIM_QUEUE": self.redis.uri, "MIM_LEASE_SECONDS": LEASE_SECONDS,
                         "MIM_FEED_INTERVAL_SECONDS": 1, "MIM_ACCESS_TOKEN_SECONDS": 3600,
                         "MIM_TARGET_DEADLINE_SECONDS": 3}
        if store:
            keys = self.folder / "secret.key"
            assert command("keygen", "--secret-key", keys).returncode == 0
            self.settings |= {"MIM_STORE": store, "MIM_SECRET_KEY_FILE": keys}
        self.sandboxes = [Sandbox(self.logs, latency_ms=3) for _ in range(TARGETS)]
        self.held = [HeldPort() for _ in range(SERVERS)]
        self.servers = [self.start_server(number) for number in range(SERVERS)]
        self.workers = [self.start_worker() for _ in range(WORKERS)]

    def start_server(self, number):
        return Server(self.data, self.logs, port=self.held[number].number, MIM_WORKERS=0, **self.settings)

    def start_worker(self):
        return Worker(self.data, self.logs, MIM_WORKERS=3, **self.settings)

    def addresses(self):
        return [f"http://127.0.0.1:{held.number}" for held in self.held]

    def stop(self):
        """Exit codes of what was asked to end orderly."""
        codes = [process.stop() for process in self.workers + self.servers]
        for sandbox in self.sandboxes:
            sandbox.kill()
        self.redis.kill()
        return codes

    def log_text(self):
        return "".join(path.read_text(errors="replace") for path in sorted(self.logs.iterdir()))


class Chaos(threading.Thread):
    """One misfortune after another, each healed before the next, until it is told to end."""

    def __init__(self, fleet, seed):
        super().__init__()
        self.fleet, self.chance = fleet, random.Random(seed)
        self.ended, self.figures, self.failure = threading.Event(), {}, None

    def run(self):
        deck = []  # each kind comes again and again, in an order by chance
        try:
            while not self.ended.wait(self.chance.uniform(0.1, 0.6)):
                if not deck:
                    deck = [self.kill_worker, self.kill_worker, self.pause_worker, self.pause_worker,
                            self.kill_server, self.kill_redis, self.cut_redis, self.hang_target]
                    self.chance.shuffle(deck)
                misfortune = deck.pop()
                misfortune()
                self.figures[misfortune.__name__] = self.figures.get(misfortune.__name__, 0) + 1
        except Exception as failure:  # told at the end: a thread cannot fail a test
            self.failure = failure

    def for_a_while(self, least, most):
        threading.Event().wait(self.chance.uniform(least, most))

    def kill_worker(self):
        number = self.chance.randrange(WORKERS)
        self.fleet.workers[number].kill()
        self.fleet.workers[number] = self.fleet.start_worker()

    def pause_worker(self):
        worker = self.chance.choice(self.fleet.workers)
        worker.signal(signal.SIGSTOP)
        self.for_a_while(LEASE_SECONDS, 3 * LEASE_SECONDS)
        worker.signal(signal.SIGCONT)

    def kill_server(self):
        number = self.chance.randrange(SERVERS)
        self.fleet.servers[number].kill()
        self.fleet.servers[number] = self.fleet.start_server(number)

    def kill_redis(self):
        self.fleet.redis.kill()
        self.for_a_while(0, 1.5)
        self.fleet.redis.start()

    def cut_redis(self):
        self.fleet.redis.cut_connections()

    def hang_target(self):
        process = self.chance.choice(self.fleet.sandboxes).process
        process.send_signal(signal.SIGSTOP)
        self.for_a_while(0.5, 5)
        process.send_signal(signal.SIGCONT)
