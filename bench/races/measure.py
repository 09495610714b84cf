"""What a command takes: wall time, processor time of its processes and of a server's, and its largest resident set."""

import os
import subprocess
import time
from dataclasses import dataclass

TICKS = os.sysconf("SC_CLK_TCK")
PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True)
class Taken:
    wall: float
    cpu: float
    server: float
    peak: int
    failure: str | None


def _stat(pid):
    with open(f"/proc/{pid}/stat") as file:
        fields = file.read().rpartition(")")[2].split()
    return fields


def _tree(root):
    """The process and all below it."""
    parents = {}
    for name in os.listdir("/proc"):
        if name.isdigit():
            try:
                parents.setdefault(int(_stat(name)[1]), []).append(int(name))
            except (FileNotFoundError, ProcessLookupError):
                continue
    found, left = [], [root]
    while left:
        pid = left.pop()
        found.append(pid)
        left += parents.get(pid, [])
    return found


def server_seconds(root):
    """Of a server, its sessions, and its sessions that have ended and were waited for."""
    time.sleep(0.3)
    ticks = 0
    for pid in _tree(root):
        try:
            ticks += sum(int(field) for field in _stat(pid)[11:15])
        except (FileNotFoundError, ProcessLookupError):
            continue
    return ticks / TICKS


def _resident(root):
    total = 0
    for pid in _tree(root):
        try:
            total += int(_stat(pid)[21]) * PAGE
        except (FileNotFoundError, ProcessLookupError):
            continue
    return total


def run(command, server, log, environment=None, limit=1800):
    """Runs a command to its end; one that takes longer than the limit is ended."""
    before = server_seconds(server)
    with open(log, "ab") as output:
        start = time.monotonic()
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, env={**os.environ, **(environment or {})})
        peak, failure = 0, None
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            peak = max(peak, _resident(process.pid))
            if time.monotonic() - start > limit and not failure:
                failure = f"took longer than {limit} s"
                process.kill()
            time.sleep(0.02)
        wall = time.monotonic() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode and not failure:
        failure = f"exit code {process.returncode}: {_last_line(log)}"
    server_used = server_seconds(server) - before
    return Taken(wall, usage.ru_utime + usage.ru_stime, server_used, peak, failure)


def _last_line(log):
    with open(log, errors="replace") as file:
        lines = [line.strip() for line in file if line.strip()]
    return lines[-1][:120] if lines else "no output"
