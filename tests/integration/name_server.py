"""A name server on an address of its own, and processes that ask it and no other: they see another /etc/resolv.conf.
Only root can give them that, and a port 53."""
import os
import random
import socket
import struct
import subprocess
import threading

import processes

A, TXT, SRV = 1, 16, 33
NO_SUCH_NAME = 3
RESOLVER_FILE = "/etc/resolv.conf"
# Of the private mount table of the process alone.
OTHER_RESOLVER = 'mount --bind "$1" ' + RESOLVER_FILE + ' && shift && exec "$@"'


def name_bytes(name):
    return b"".join(bytes([len(label)]) + label for label in labels(name)) + b"\0"


def labels(name):
    return name if isinstance(name, list) else [label.encode() for label in name.split(".")]


def srv(target, port):
    """`target`: a name, or its labels, which may hold any byte."""
    return struct.pack(">HHH", 0, 0, port) + name_bytes(target)


def txt(text):
    return bytes([len(text)]) + text.encode()


def address(text):
    return socket.inet_aton(text)


class NameServer:
    """`records`: what is answered to (name, type); a name in `silent` is never answered. `asked` are the questions."""

    def __init__(self):
        self.records, self.silent, self.asked = {}, set(), []
        self.host = f"127.{random.randint(2, 254)}.{random.randint(0, 254)}.{random.randint(1, 254)}"
        self.datagrams = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.datagrams.bind((self.host, 53))
        self.listener = socket.create_server((self.host, 53))
        for serve in (self._serve_datagrams, self._serve_connections):
            threading.Thread(target=serve, daemon=True).start()

    def close(self):
        self.datagrams.close()
        self.listener.close()

    def cluster(self, name, members, options=None):
        """`members`: (host, port); what a mongodb+srv:// string of this name leads to."""
        self.records[f"_mongodb._tcp.{name}", SRV] = [srv(host, port) for host, port in members]
        if options:
            self.records[name, TXT] = [txt(options)]
        for host, _ in members:
            if isinstance(host, str):
                self.records.setdefault((host, A), [address("127.0.0.1")])

    def _answer(self, query, most):
        number, (name, kind, question) = query[:2], self._question(query)
        self.asked.append((name, kind))
        if name.removeprefix("_mongodb._tcp.") in self.silent:
            return None
        records = self.records.get((name, kind), [])
        known = any(each == name for each, _ in self.records)
        answers = b"".join(b"\xc0\x0c" + struct.pack(">HHIH", kind, 1, 0, len(data)) + data for data in records)
        code = 0 if known else NO_SUCH_NAME
        head = struct.pack(">HHHHH", 0x8580 | code, 1, len(records), 0, 0)
        whole = number + head + question + answers
        if len(whole) <= most:
            return whole
        return number + struct.pack(">HHHHH", 0x8780, 1, 0, 0, 0) + question  # truncated: ask by a connection

    @staticmethod
    def _question(query):
        at, found = 12, []
        while query[at]:
            found.append(query[at + 1:at + 1 + query[at]].decode().lower())
            at += 1 + query[at]
        return ".".join(found), struct.unpack_from(">H", query, at + 1)[0], query[12:at + 5]

    def _serve_datagrams(self):
        while True:
            try:
                query, asker = self.datagrams.recvfrom(4096)
            except OSError:
                return
            answer = self._answer(query, 512)
            if answer:
                self.datagrams.sendto(answer, asker)

    def _serve_connections(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            with client, client.makefile("rb") as incoming:
                length = incoming.read(2)
                answer = self._answer(incoming.read(struct.unpack(">H", length)[0]), 65535) if len(length) == 2 else None
                if answer:
                    client.sendall(struct.pack(">H", len(answer)) + answer)


def why_not():
    """Why no process can be given another name server here; None where it can."""
    if os.geteuid() != 0:
        return "another name server for one process takes root"
    tried = subprocess.run(["unshare", "--mount", "sh", "-c", OTHER_RESOLVER, "sh", "/dev/null", "true"], capture_output=True, text=True)
    return None if tried.returncode == 0 else f"no other name server for one process: {tried.stderr.strip()}"


def asking(name_server, folder):
    """The path of a `mim` that asks this name server alone."""
    resolver = folder / "resolv.conf"
    resolver.write_text(f"nameserver {name_server.host}\noptions timeout:5 attempts:2\n")
    program = folder / "mim"
    program.write_text(f"#!/bin/sh\nexec unshare --mount sh -c '{OTHER_RESOLVER}' sh '{resolver}' '{processes.BINARY}' \"$@\"\n")
    program.chmod(0o755)
    return str(program)
