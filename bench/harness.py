"""Processes, an API client and figures for the benchmarks."""
import json
import os
import re
import statistics
import subprocess
import time
import urllib.request


class Process:
    """Starts a program, waits for the line that says where it listens, and ends it."""

    def __init__(self, arguments, environment=None):
        clean = {k: v for k, v in os.environ.items() if not k.startswith("MIM_")}
        started = time.perf_counter()
        self.process = subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True,
                                        env=clean | (environment or {}))
        line = self.process.stdout.readline()
        self.seconds_to_ready = time.perf_counter() - started
        found = re.search(r"(\d+)\s*$", line)
        if not found:
            raise RuntimeError(f"{arguments[0]} did not start: {line!r}")
        self.port = int(found.group(1))

    def memory_mib(self):
        status = open(f"/proc/{self.process.pid}/status").read()
        return int(re.search(r"VmRSS:\s+(\d+)", status).group(1)) / 1024

    def memory_at_rest_mib(self):
        """Once it has had time to give back what it does not need."""
        time.sleep(12)
        return self.memory_mib()

    def cpu_seconds(self):
        """Of all its threads since it started."""
        fields = open(f"/proc/{self.process.pid}/stat").read().rsplit(") ", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait(20)


class Api:
    def __init__(self, port):
        self.base = f"http://127.0.0.1:{port}/api/v1"
        self.token = None
        self.call("POST", "/auth/register",
                  {"username": "bench", "email": "bench@example.com", "password": "a long enough password"})
        self.token = self.call("POST", "/auth/login",
                               {"identity": "bench", "password": "a long enough password"})["access_token"]

    def call(self, method, path, body=None):
        headers = {"Content-Type": "application/json"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        request = urllib.request.Request(self.base + path, json.dumps(body).encode() if body is not None else None,
                                         headers, method=method)
        with urllib.request.urlopen(request, timeout=120) as response:
            return json.load(response)["data"]


def median(values):
    return statistics.median(values)


def wrk(url, token, seconds):
    """Requests per second and the latency of the 99th percentile, as wrk prints them."""
    command = ["wrk", "-t1", "-c64", f"-d{seconds}s", "--latency", "-H", f"Authorization: Bearer {token}", url]
    text = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    if "Non-2xx" in text or "Socket errors" in text:
        raise RuntimeError(text)
    return float(re.search(r"Requests/sec:\s+([\d.]+)", text).group(1)), re.search(r"99%\s+(\S+)", text).group(1)
