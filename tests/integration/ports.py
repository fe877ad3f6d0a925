"""Ports of 127.0.0.1 that stay a test's own, also while nobody listens on them."""
import socket


class HeldPort:
    """A port that the system gives to nobody else while this lives: to no other listener, and to no outgoing
    connection as its own end. Whoever is told the number may listen on it, end, and listen again, as long as it asks to
    reuse the address, which servers do; in between, a connection is refused."""

    def __init__(self, number=0):
        self._socket = socket.socket()
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self._socket.bind(("127.0.0.1", number))  # bound and never listening: that is what holds it
        self.number = self._socket.getsockname()[1]

    def close(self):
        self._socket.close()
