"""Stands between a MongoDB client and a server and answers one command itself: connectionStatus, with the account and
the privileges that a test wants to be told."""
import socket
import struct
import threading

import bson

from wire_tap import HEADER, OP_MSG, Tap, first_document


class ToldPrivileges(Tap):
    def __init__(self, host, port, status):
        self.status, self.sending = status, threading.Lock()
        super().__init__(host, port)

    def _accept(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            server = socket.create_connection(self.server)
            threading.Thread(target=self._forward_or_answer, args=(client, server), daemon=True).start()
            threading.Thread(target=self._answer, args=(server, client), daemon=True).start()

    def _forward_or_answer(self, client, server):
        try:
            while header := self._exactly(client, HEADER.size):
                length, number, _, operation = HEADER.unpack(header)
                body = self._exactly(client, length - HEADER.size)
                command = first_document(body) if operation == OP_MSG else {}
                if operation == OP_MSG:
                    self.commands.append(command)
                if "connectionStatus" in command:
                    document = b"\0\0\0\0\0" + bson.encode({"authInfo": self.status, "ok": 1.0})
                    client.sendall(HEADER.pack(HEADER.size + len(document), 0, number, OP_MSG) + document)
                else:
                    server.sendall(header + body)
        except (OSError, struct.error):
            pass
        server.close()
