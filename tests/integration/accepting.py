"""Takes connections on a port of its own, each served on a thread: what the stand-ins for a server have in common."""
import socket
import threading


class Accepting:
    """Whoever inherits has `_serve(client)`, and calls `_start()` once it is ready for that."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"127.0.0.1:{self.listener.getsockname()[1]}"

    def _start(self):
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self):
        self.listener.close()

    def _accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()
