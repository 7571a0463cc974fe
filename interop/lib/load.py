"""Load from sipp through a gateway to Asterisk's extension 7…, and the CPU time that it costs."""
import os
import re
import subprocess
import sys

from . import gateway as gw
from . import peers

NUMBER = gw.SESSIONS["7111"]


def begin():
    """Ends the run with a word where the gateway was not built; else waits for its turn. Keep what it gives."""
    if not gw.binary().exists():
        print(f"{gw.binary()} is not there: cargo build --release", file=sys.stderr)
        sys.exit(2)
    return gw.alone()


def start_gateway(name, callee):
    """The gateway with its sessions, and the callee that takes calls from it alone."""
    for peer in ("asterisk", "sipp"):
        peers.script(peer, "install")
    gw.make_pki()
    callee.up()
    return gw.Gateway(name).prepare().start().seed()


def call_command(to, number, calls, rate, hold_ms, name):
    return [str(peers.PEERS / "sipp"), "load", f"{gw.CARRIER}:5060", to, number, str(calls), str(rate), str(hold_ms)], {"LOG": str(gw.WORLD / f"sipp-{name}")}


def place(to, number, calls, rate, hold_ms, name):
    """Places the calls; gives (succeeded, failed)."""
    command, env = call_command(to, number, calls, rate, hold_ms, name)
    run = subprocess.run(command, env={**os.environ, **env}, capture_output=True, text=True, timeout=calls / rate + hold_ms / 1000 + 120, stdin=subprocess.DEVNULL)
    match = re.search(r"(\d+) calls, (\d+) ok, (\d+) failed", run.stdout)
    if not match:
        raise AssertionError(f"sipp: {run.stderr.strip()[-400:]}")
    return int(match[2]), int(match[3])


def cpu_per_call(pid, work, calls):
    """Milliseconds of CPU of a process for each call of `work`, and what `work` gave."""
    before = gw.cpu_seconds(pid)
    result = work()
    return (gw.cpu_seconds(pid) - before) * 1000 / calls, result
