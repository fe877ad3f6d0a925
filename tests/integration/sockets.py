"""Plain sockets towards a server, also many and also from other addresses of the loopback network."""
import contextlib
import http.client
import resource
import socket

OTHER_ADDRESS = "127.0.0.2"


def allow_many_files():
    """As many as the system lets this process have; the servers it started before keep what they had."""
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)


def connect(server, source="127.0.0.1"):
    return socket.create_connection((server.host, server.port), timeout=20, source_address=(source, 0))


@contextlib.contextmanager
def many(server, count):
    """So many connections that say nothing."""
    allow_many_files()
    with contextlib.ExitStack() as stack:
        yield [stack.enter_context(connect(server)) for _ in range(count)]


def ends(connection):
    """Reads to the end of a connection that the other side closes; what came."""
    received = b""
    try:
        while piece := connection.recv(65536):
            received += piece
    except ConnectionResetError:
        pass
    return received


def fetch(server, path, source=OTHER_ADDRESS):
    """One GET from another address than the tests' own; (status, text)."""
    connection = http.client.HTTPConnection(server.host, server.port, timeout=20, source_address=(source, 0))
    with contextlib.closing(connection):
        connection.request("GET", path)
        response = connection.getresponse()
        return response.status, response.read().decode()


def rejected(server, reason):
    """How often the server turned somebody away for this reason, by its own account."""
    mark = f'mim_http_rejected_total{{reason="{reason}"}} '
    lines = [line for line in fetch(server, "/metrics")[1].splitlines() if line.startswith(mark)]
    return float(lines[0].split()[-1]) if lines else 0
