"""A stand-in for an Elastic APM server: takes intake v2, checks every line against the intake's rules, keeps the events.

The rules are those of the JSON schemas that the APM server publishes (docs/spec/v2) and of its agents' specifications.
"""
import contextlib
import gzip
import http.server
import json
import re
import socket
import ssl
import threading

from ports import HeldPort
from waiting import eventually

LONGEST_KEYWORD = 1024
MOST_BYTES_OF_AN_EVENT = 300 * 1024
EVENT_ID, TRACE_ID = re.compile(r"[0-9a-f]{16}"), re.compile(r"[0-9a-f]{32}")
SERVICE_NAME = re.compile(r"[a-zA-Z0-9 _-]+")
OUTCOMES = {"success", "failure", "unknown"}
# 2020 to 2100, in microseconds: milliseconds or seconds would not lie between.
TIMES = range(1_577_836_800_000_000, 4_102_444_800_000_000)
REQUIRED = {
    "transaction": {"id": str, "trace_id": str, "type": str, "duration": (int, float), "span_count": dict},
    "span": {"id": str, "trace_id": str, "parent_id": str, "name": str, "type": str, "duration": (int, float),
             "timestamp": int},
    "error": {"id": str, "trace_id": str, "transaction_id": str, "parent_id": str, "exception": dict},
}
KNOWN = {
    "transaction": {"id", "trace_id", "parent_id", "type", "name", "result", "outcome", "timestamp", "duration", "sampled",
                    "sample_rate", "span_count", "context", "links"},
    "span": {"id", "trace_id", "parent_id", "transaction_id", "name", "type", "subtype", "action", "outcome", "timestamp",
             "duration", "sync", "sample_rate", "context", "links"},
    "error": {"id", "trace_id", "transaction_id", "parent_id", "timestamp", "culprit", "transaction", "exception"},
}


class BadPayload(Exception):
    pass


def demand(condition, text):
    if not condition:
        raise BadPayload(text)


def check_texts(value, where):
    if isinstance(value, dict):
        for name, inner in value.items():
            check_texts(inner, f"{where}.{name}")
    elif isinstance(value, str):
        demand(len(value) <= LONGEST_KEYWORD, f"{where} is longer than a keyword may be")


def check_metadata(metadata):
    service = metadata["service"]
    demand(SERVICE_NAME.fullmatch(service["name"]), f"no service name: {service['name']!r}")
    demand(service["agent"]["name"] and service["agent"]["version"], "an agent has a name and a version")
    demand(service["language"]["name"], "a language has a name")
    demand(isinstance(metadata["process"]["pid"], int), "a process has a pid")
    check_texts(metadata, "metadata")


def check_links(event):
    for link in event.get("links", []):
        demand(TRACE_ID.fullmatch(link["trace_id"]) and EVENT_ID.fullmatch(link["span_id"]), f"a bad link {link}")


def check_transaction(event):
    count = event["span_count"]
    demand(isinstance(count["started"], int) and count.get("dropped", 0) >= 0, f"a bad span_count {count}")
    demand(isinstance(event["sampled"], bool), "sampled is a truth")
    if not event["sampled"]:
        demand(event["sample_rate"] == 0, "a transaction that was not sampled has the rate 0")
        demand("context" not in event and count["started"] == 0, "and neither context nor spans")
    elif "request" in event["context"]:
        demand(event["context"]["request"]["method"], "a request has a method")
        demand(isinstance(event["context"]["response"]["status_code"], int), "a status is a number")


def check_span(event):
    demand(event["type"] == "db" and event["subtype"] in {"sqlite", "mongodb", "redis"}, "a kind of span that is none")
    demand(event["context"]["destination"]["service"]["resource"], "a call has a destination")


def check_error(event):
    demand(event["exception"].get("type") or event["exception"].get("message"), "an error says what it was")


SPECIAL = {"transaction": check_transaction, "span": check_span, "error": check_error}


def check_event(kind, event):
    for name, kinds in REQUIRED[kind].items():
        demand(isinstance(event.get(name), kinds), f"{kind}.{name} is missing or of a wrong type: {event.get(name)!r}")
    demand(not event.keys() - KNOWN[kind], f"{kind} has fields that nobody knows: {event.keys() - KNOWN[kind]}")
    demand((TRACE_ID if kind == "error" else EVENT_ID).fullmatch(event["id"]), f"no id: {event['id']!r}")
    demand(TRACE_ID.fullmatch(event["trace_id"]), f"no trace id: {event['trace_id']!r}")
    for name in ("parent_id", "transaction_id"):
        demand(name not in event or EVENT_ID.fullmatch(event[name]), f"{name} is none: {event.get(name)!r}")
    demand(isinstance(event["timestamp"], int) and event["timestamp"] in TIMES, f"no microseconds: {event['timestamp']}")
    demand(event.get("duration", 0) >= 0, "time goes forward")
    demand(event.get("outcome", "success") in OUTCOMES, f"no outcome: {event.get('outcome')!r}")
    demand(0 <= event.get("sample_rate", 1) <= 1, "a rate is between 0 and 1")
    check_texts(event, kind)
    check_links(event)
    SPECIAL[kind](event)


def parse(body):
    """The events of one request as (kind, event), checked; the first line is the metadata and is kept apart."""
    lines = body.decode("utf-8").split("\n")
    demand(lines.pop() == "", "the last line ends with a line break")
    demand(all(lines) and all(len(line) <= MOST_BYTES_OF_AN_EVENT for line in lines), "no line is empty or too long")
    parsed = [json.loads(line) for line in lines]
    demand(all(len(line) == 1 for line in parsed), "each line is one event")
    demand("metadata" in parsed[0], "the metadata come first")
    check_metadata(parsed[0]["metadata"])
    events = [next(iter(line.items())) for line in parsed[1:]]
    for kind, event in events:
        demand(kind in REQUIRED, f"no kind of event: {kind}")
        check_event(kind, event)
    return parsed[0]["metadata"], events


class ApmServer:
    """`says` is the status it answers with, or "nothing" to keep the sender waiting."""

    def __init__(self, version="7.17.0", held=None, certificate=None):
        self.held = held or HeldPort()
        self.version, self.says = version, 202
        self.metadata, self.events, self.bodies, self.headers, self.faults = None, [], [], [], []
        self.asked = 0
        self._connections = []
        self._released = threading.Event()
        self._lock = threading.Lock()
        outer = self

        class Handler(http.server.BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def setup(self):
                super().setup()
                outer._connections.append(self.connection)

            def do_GET(self):
                self.answer(200, json.dumps({"version": outer.version} if outer.version else {}).encode())

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                outer.asked += 1
                if outer.says == "nothing":
                    outer._released.wait()
                    self.close_connection = True
                    return
                status = outer.says
                if status == 202:
                    outer.take(self.path, self.headers, body)
                self.answer(status, b"" if status == 202 else b'{"errors":[{"message":"queue is full"}]}')

            def answer(self, status, body):
                self.send_response(status)
                self.send_header("Content-Length", str(len(body)))
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_):
                pass

        self._server = http.server.ThreadingHTTPServer(("127.0.0.1", self.held.number), Handler)
        self._server.daemon_threads = True
        if certificate:
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            context.load_cert_chain(*certificate)
            self._server.socket = context.wrap_socket(self._server.socket, server_side=True, do_handshake_on_connect=False)
        self.port = self._server.server_address[1]
        self.url = f"http{'s' if certificate else ''}://127.0.0.1:{self.port}"
        threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()

    def take(self, path, headers, body):
        with self._lock:
            self.headers.append(dict(headers))
            try:
                demand(path == "/intake/v2/events", f"nothing is sent to {path}")
                demand(headers["Content-Type"] == "application/x-ndjson", "it is newline-delimited JSON")
                plain = gzip.decompress(body) if headers.get("Content-Encoding") == "gzip" else body
                self.bodies.append(plain.decode())
                self.metadata, events = parse(plain)
                self.events += events
            except (BadPayload, ValueError, KeyError, IndexError) as fault:
                self.faults.append(repr(fault))

    def of(self, kind, **fields):
        with self._lock:
            return [event for name, event in self.events
                    if name == kind and all(event.get(key) == value for key, value in fields.items())]

    def wait_for(self, kind, **fields):
        """The first event that is so."""
        def found():
            assert not self.faults, self.faults
            return self.of(kind, **fields)
        return eventually(found, 15, what=f"{kind} with {fields}")[0]

    def check_all(self):
        """No line broke a rule, and every span and error hangs on something that was sent with it."""
        assert not self.faults, self.faults
        transactions = {event["id"]: event for event in self.of("transaction")}
        spans = {event["id"]: event for event in self.of("span")}
        for event in [*spans.values(), *self.of("error")]:
            parent = transactions.get(event["parent_id"]) or spans.get(event["parent_id"])
            # The errors of a transaction that was not sampled may come without it.
            assert parent is not None or event["transaction_id"] not in transactions, f"an orphan: {event}"
            assert parent is None or parent["trace_id"] == event["trace_id"], f"in another trace: {event}"
        ids = [event["id"] for _, event in self.events]
        assert len(ids) == len(set(ids)), "no event is sent twice"

    def stop(self):
        self._released.set()
        self._server.shutdown()
        self._server.server_close()
        for connection in self._connections:
            with contextlib.suppress(OSError):
                connection.shutdown(socket.SHUT_RDWR)
