"""The peers as objects: each runs a script of `interop/peers` and knows its own addresses."""
import json
import os
import re
import socket
import subprocess
import threading
import time
from pathlib import Path

from .pcap import wait_until

PEERS = Path(__file__).resolve().parent.parent / "peers"


def script(name, *arguments, env=None, timeout=1000, check=True):
    """Runs a peer script and gives what it printed; raises with its last words where it fails."""
    run = subprocess.run([PEERS / name, *map(str, arguments)], env={**os.environ, **(env or {})}, capture_output=True, text=True, timeout=timeout, stdin=subprocess.DEVNULL)
    if check and run.returncode:
        raise AssertionError(f"{name} {' '.join(map(str, arguments))}: {run.stderr.strip()[-500:] or run.stdout.strip()[-500:]}")
    return run.stdout.strip()


class Asterisk:
    """An H.323 endpoint that takes calls from one address only."""

    def __init__(self, name, ip, peer, port_base=20000):
        self.name, self.ip, self.peer, self.port_base = name, ip, peer, port_base

    def up(self, fast_start=True, tunnelling=True, suite="bullseye", gatekeeper="DISABLE"):
        word = {True: "yes", False: "no"}
        script("asterisk", "up", self.name, self.ip, self.peer, self.port_base, env={"FASTSTART": word[fast_start], "TUNNELLING": word[tunnelling], "SUITE": suite, "GATEKEEPER": gatekeeper})
        return self

    def down(self):
        script("asterisk", "down", self.name, check=False)

    def dial(self, number):
        """Calls a number by its gatekeeper; whoever answers hears an echo."""
        return script("asterisk", "cli", self.name, f"channel originate OOH323/{number} application Echo")

    def originate(self, number, caller=None, application="Echo", data=""):
        return script("asterisk", "originate", self.name, f"{number}*{caller}" if caller else number, application, data)

    def hang_up(self):
        script("asterisk", "hangup", self.name)

    def channels(self):
        return int(script("asterisk", "channels", self.name) or 0)

    def outcomes(self):
        """[cause, dial status] of each call it placed and that is over."""
        return [line.split() for line in script("asterisk", "outcome", self.name).splitlines()]

    def pid(self):
        return int(script("asterisk", "pid", self.name))

    def complaints(self):
        """Its log, without what it says of modules that it does not load."""
        return "\n".join(line for line in script("asterisk", "log", self.name).splitlines() if "loader.c" not in line)


class Baresip:
    """A SIP endpoint over TLS, driven over its control socket; its events are gathered as they come."""

    def __init__(self, name, ip):
        self.name, self.ip, self.events, self.link = name, ip, [], None

    def up(self, pki, certificate=None, answer="manual"):
        env = {"PKI": str(pki), "ANSWER": answer}
        if certificate:
            env["CERT"] = str(certificate)
        script("baresip", "up", self.name, self.ip, env=env)
        self.events.clear()
        self.link = socket.create_connection((self.ip, 4444), 5)
        threading.Thread(target=self._gather, args=(self.link,), daemon=True).start()
        return self

    def down(self):
        if self.link:
            self.link.close()
            self.link = None
        script("baresip", "down", self.name, check=False)

    def _gather(self, link):
        data = b""
        link.settimeout(None)
        try:
            while chunk := link.recv(65536):
                data += chunk
                while (match := re.match(rb",?(\d+):", data)) and len(data) >= match.end() + int(match[1]):
                    end = match.end() + int(match[1])
                    event = json.loads(data[match.end() : end].decode("utf8", "replace"))
                    data = data[end:]
                    self.events.append(event)
        except OSError:
            pass

    def command(self, command, params=""):
        message = json.dumps({"command": command, "params": params, "token": "t"}).encode()
        self.link.sendall(b"%d:%s," % (len(message), message))

    def mark(self):
        """A place in the events, to wait from."""
        return len(self.events)

    def event(self, kind, since=0, seconds=10):
        """The next event of a kind since a mark."""
        return wait_until(lambda: next((e for e in self.events[since:] if e.get("type") == kind), None), seconds, f"baresip {self.name} tells {kind}")

    def heard(self):
        path = script("baresip", "heard", self.name)
        if not path:
            raise AssertionError(f"baresip {self.name} heard nothing")
        return path

    def log(self):
        return script("baresip", "log", self.name)


class Kamailio:
    """A SIP proxy that demands a client certificate."""

    def __init__(self, name, ip, next_hop=""):
        self.name, self.ip, self.next_hop = name, ip, next_hop

    def up(self, pki, certificate=None):
        env = {"PKI": str(pki), **({"CERT": certificate} if certificate else {})}
        script("kamailio", "up", self.name, self.ip, self.next_hop, env=env)
        return self

    def down(self):
        script("kamailio", "down", self.name, check=False)

    def seen(self):
        return [line.split() for line in script("kamailio", "seen", self.name).splitlines()]


class Sipp:
    """A SIP endpoint over UDP that answers every call."""

    def __init__(self, name, at):
        self.name, self.at = name, at

    def up(self):
        script("sipp", "answer", self.name, self.at)
        return self

    def down(self):
        script("sipp", "down", self.name, check=False)


def pause(seconds):
    """Waiting for media to flow: the one thing that has no event."""
    time.sleep(seconds)
