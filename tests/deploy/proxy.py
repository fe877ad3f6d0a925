"""nginx with the configuration of deploy/, moved to ports, files and servers of this machine."""
import getpass
import re
import socket
import subprocess

from files import DEPLOY, run
from ports import HeldPort
from waiting import eventually

MAIN = """user {user};
pid {folder}/nginx.pid;
error_log {folder}/error.log;
daemon off;
worker_processes 1;
events {{ worker_connections 256; }}
http {{
    {temporary}
    include {folder}/mim.conf;
}}
"""
TEMPORARY = " ".join(f"{name}_temp_path {{folder}}/{name};"
                     for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))


class Proxy:
    def __init__(self, folder, servers):
        self.folder, self._held = folder, [HeldPort(), HeldPort()]
        self.port, self.plain_port = (held.number for held in self._held)
        run("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost", "-addext",
            "subjectAltName=IP:127.0.0.1", "-keyout", folder / "key.pem", "-out", folder / "certificate.pem")
        (folder / "mim.conf").write_text(self._moved((DEPLOY / "nginx" / "mim.conf").read_text(), servers))
        temporary = TEMPORARY.format(folder=folder)
        (folder / "nginx.conf").write_text(MAIN.format(folder=folder, temporary=temporary,
                                                                 user=getpass.getuser()))
        self.command = ["/usr/sbin/nginx", "-c", str(folder / "nginx.conf")]
        self.checked = run(*self.command, "-t")
        self.process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL,
                                        stderr=subprocess.DEVNULL)
        eventually(self._answers, what="nginx answers")
        self.address = f"https://127.0.0.1:{self.port}"

    def _answers(self):
        assert self.process.poll() is None, (self.folder / "error.log").read_text()
        with socket.socket() as probe:
            return probe.connect_ex(("127.0.0.1", self.port)) == 0

    def _moved(self, text, servers):
        text, count = re.subn(r"(    server server-\d+:8080;\n)+",
                              "".join(f"    server 127.0.0.1:{each.port};\n" for each in servers), text)
        assert count == 1
        for old, new in ((" listen 80;", f" listen 127.0.0.1:{self.plain_port};"),
                         (" listen 443 ", f" listen 127.0.0.1:{self.port} "),
                         ("/etc/nginx/tls/", f"{self.folder}/"), ("/dev/stdout", f"{self.folder}/access.log")):
            assert old in text
            text = text.replace(old, new)
        return text

    def log(self):
        return (self.folder / "access.log").read_text()

    def kill(self):
        self.process.terminate()
        self.process.wait(20)
