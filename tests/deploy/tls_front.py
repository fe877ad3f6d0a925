"""Speaks TLS before a server that does not."""
import contextlib
import socket
import ssl
import threading


class TlsFront:
    def __init__(self, certificate_and_key, target_port):
        self.target_port, self.greeted = target_port, 0
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(*map(str, certificate_and_key))
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    def _accept(self):
        with contextlib.suppress(OSError):  # the listener was closed
            while True:
                plain, _ = self._listener.accept()
                threading.Thread(target=self._serve, args=(plain,), daemon=True).start()

    def _serve(self, plain):
        with contextlib.suppress(OSError), plain, self._context.wrap_socket(plain, server_side=True) as client, \
                socket.create_connection(("127.0.0.1", self.target_port)) as target:
            self.greeted += 1
            threading.Thread(target=_pass_on, args=(target, client), daemon=True).start()
            _pass_on(client, target)

    def kill(self):
        self._listener.close()


def _pass_on(source, sink):
    with contextlib.suppress(OSError):
        while piece := source.recv(65536):
            sink.sendall(piece)
        sink.shutdown(socket.SHUT_WR)
