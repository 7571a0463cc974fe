"""The gateway under test: its configuration, its process, its commands and its journal."""
import datetime
import fcntl
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import time
from pathlib import Path

from . import peers
from .pcap import wait_until

ROOT = Path(__file__).resolve().parent.parent.parent
WORLD = Path(os.environ.get("LHTT_INTEROP", "/tmp/lhtt-interop"))
PKI, FOREIGN = WORLD / "pki", WORLD / "foreign-pki"

# Who is where. Everything is on loopback, each party on an address of its own.
GATEWAY = "127.0.50.1"
BORDER, DOMAIN = "BIENGIOI", "hnth.example"
GOVERNMENT = "127.0.30.1"
MCU = "127.0.40.1"
ASSEMBLY = "127.0.60.1"
ASSEMBLY_NEXT = "127.0.61.1"
CARRIER = "127.0.62.1"
SIP_TLS, SIP_PLAIN, H323 = 5061, 5060, 1720
PLAIN = "interop run on loopback, the peer has no TLS"
MAILBOX = "hnth@lamdong.example"

# Sessions: what callers dial, and the room it is on the MCU. `SESSIONS[room]` is the alias.
ROOMS = ["600", "486", "404", "408", "4000", "7111", "83"]
SESSIONS = {room: f"9{index}{room.zfill(4)}" for index, room in enumerate(ROOMS, 1)}
UNLISTED, UNACCEPTED, UNREGISTERED = "980777", "980888", "980999"


def binary():
    """The release build of this work tree, wherever cargo puts it."""
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    return Path(os.environ.get("LHTT_GATEWAY", target / "release" / "lhtt-gateway"))


def alone(seconds=900):
    """Waits until no other run uses these addresses, and keeps them until this process ends."""
    WORLD.mkdir(parents=True, exist_ok=True)
    lock = open(WORLD.with_suffix(".lock"), "w")

    def taken():
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except BlockingIOError:
            return False

    wait_until(taken, seconds, "another run on this machine has ended")
    return lock


def make_pki():
    """The authority of all parties, and one that nobody trusts."""
    for folder in (PKI, FOREIGN):
        shutil.rmtree(folder, ignore_errors=True)
    names = [f"border:{GATEWAY}", f"gov:{GOVERNMENT}", f"assembly:{ASSEMBLY}", f"impostor:{ASSEMBLY}", "stranger"]
    peers.script("pki", PKI, *names)
    peers.script("pki", FOREIGN, f"gov:{GOVERNMENT}", env={"CA": "foreign CA"})


def sites():
    """A chair site for each session: no site may be in two sessions at once."""
    return [f"site-{alias}" for alias in [*SESSIONS.values(), UNLISTED, UNACCEPTED]]


def configuration(folder, fast_start=True, tunnelling=True, extra_limits="", suffix=""):
    """The configuration as TOML. What a test needs beside is appended as `suffix`."""
    word = {True: "true", False: "false"}
    site_tables = "".join(f'[[site]]\nid = "{name}"\norganization = "vp"\nadmitted = true\n' for name in sites())
    return f"""
[gateway]
name = "{BORDER}"
domain = "{DOMAIN}"
state_dir = "{folder}"
[regulation]
operator_mailbox = "{MAILBOX}"
[tls]
certificate = "{PKI}/border.crt"
key = "{PKI}/border.key"
[[tls.anchor]]
name = "interop"
file = "{PKI}/ca.pem"
[[listener]]
name = "sip-tls"
protocol = "sip"
transport = "tls"
address = "{GATEWAY}:{SIP_TLS}"
[[listener]]
name = "sip-carrier"
protocol = "sip"
transport = "udp"
address = "{GATEWAY}:{SIP_PLAIN}"
peer = "carrier"
reason = "{PLAIN}"
[[listener]]
name = "h323-mcu"
protocol = "h323"
transport = "tcp"
address = "{GATEWAY}:{H323}"
peer = "mcu"
reason = "{PLAIN}"
[[organization]]
id = "vp"
name = "Van phong"
mailboxes = ["vp@lamdong.example"]
{site_tables}
[[peer]]
id = "gov"
kind = "government"
legs = 8
protocol = "sip"
transport = "tls"
address = "{GOVERNMENT}:5061"
server_name = "gov.example"
anchor = "interop"
domains = ["gov.example", "{GOVERNMENT}"]
numbers = ["61"]
user = "gov"
[[peer]]
id = "assembly"
kind = "national-assembly"
legs = 8
protocol = "sip"
transport = "tls"
address = "{ASSEMBLY}:5061"
server_name = "assembly.example"
anchor = "interop"
numbers = ["62"]
[[peer]]
id = "carrier"
kind = "carrier:Nha mang"
legs = 500
protocol = "sip"
transport = "udp"
address = "{CARRIER}:5060"
networks = ["{CARRIER}/32"]
domains = ["{CARRIER}"]
numbers = ["63"]
calls_max = 1000
calls_per_second_max = 1000
reason = "{PLAIN}"
[mcu]
protocol = "h323"
transport = "tcp"
address = "{MCU}:1720"
local = "{GATEWAY}"
networks = ["{MCU}/32"]
fast_start = {word[fast_start]}
tunnelling = {word[tunnelling]}
calls_max = 1000
calls_per_second_max = 1000
reason = "{PLAIN}"
[media]
address = "{GATEWAY}"
rtp_ports = [28000, 32766]
h245_ports = [10000, 13999]
codecs = ["PCMU", "PCMA"]
[limits]
{extra_limits}
[clock]
trusted = true
{suffix}
"""


def moment(when):
    return when.astimezone(datetime.timezone(datetime.timedelta(hours=7))).isoformat(timespec="seconds")


def submission(alias, members, late_by=-60, chair=None, start_in=600):
    """A registration that the technical operator received `late_by` seconds after its deadline of 24 hours (before it, if negative)."""
    start = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0) + datetime.timedelta(seconds=start_in)
    received = start - datetime.timedelta(hours=24) + datetime.timedelta(seconds=late_by)
    operator = {"name": "Truc ban", "role": "technical_operator"}
    return {
        "sender": "vp", "sent_from": "vp@lamdong.example", "sent_to": MAILBOX, "sent_at": moment(received),
        "receipt": {"received_at": moment(received), "mail_id": f"<{alias}@lamdong.example>", "stated_by": operator},
        "agency": "vp", "chair_site": chair or f"site-{alias}", "members": members,
        "start": moment(start), "end": moment(start + datetime.timedelta(hours=2)),
        "content": "Hop giao ban", "contact": {"name": "Tran Van A", "phone": "02633000000"}, "alias": alias,
    }


class Gateway:
    """One instance with a folder of its own."""

    def __init__(self, name="one", **options):
        self.folder, self.options, self.process, self.logged = WORLD / name, options, None, 0

    @property
    def config(self):
        return self.folder / "gateway.toml"

    @property
    def journal_file(self):
        return self.folder / "journal.db"

    def prepare(self, **options):
        """An empty folder with a configuration."""
        self.options.update(options)
        shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True)
        self.config.write_text(configuration(self.folder, **self.options))
        return self

    def start(self):
        out = open(self.folder / "log", "ab")
        self.logged = len(self.log())
        command = ["timeout", "1800", str(binary()), "run", "--config", str(self.config)]
        self.process = subprocess.Popen(command, stdout=out, stderr=out, stdin=subprocess.DEVNULL)
        wait_until(self._up, 20, f"the gateway listens; its log ends: {self.log()[-400:]}")
        return self

    def _up(self):
        if self.process.poll() is not None:
            raise AssertionError(f"the gateway ended with {self.process.returncode}: {self.log()[-600:]}")
        return "The border is ready." in self.log()[self.logged :]

    def pid(self):
        """The gateway itself, below its `timeout`."""
        children = Path(f"/proc/{self.process.pid}/task/{self.process.pid}/children").read_text().split()
        return int(children[0])

    def stop(self):
        if self.process and self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.process.kill()
                raise AssertionError("the gateway does not stop within 20 s of SIGTERM") from None
        self.process = None

    def kill(self):
        """kill -9, of the gateway itself."""
        os.kill(self.pid(), signal.SIGKILL)
        self.process.wait(10)

    def log(self):
        path = self.folder / "log"
        return path.read_text(errors="replace") if path.exists() else ""

    def run(self, *arguments, check=True):
        """One command of the binary: exit code and what it printed on both outputs."""
        run = subprocess.run([str(binary()), *map(str, arguments)], capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL)
        text = run.stdout + run.stderr
        if check and run.returncode:
            raise AssertionError(f"{' '.join(map(str, arguments))}: exit code {run.returncode}: {text.strip()[-500:]}")
        return run.returncode, text

    def submit(self, request, check=True):
        path = self.folder / f"request-{request['alias']}.json"
        path.write_text(json.dumps(request, ensure_ascii=False, indent=1))
        return self.run("submit", "--config", self.config, path, check=check)

    def accept(self, registration, alias, room):
        return self.run("accept", "--config", self.config, registration, "--alias", alias, "--room", room)

    def status(self):
        """How things stand, as numbers."""
        return json.loads(self.run("status", "--config", self.config, "--json")[1])

    def seed(self):
        """Registers and accepts every session; one is left unaccepted, one does not list the Government."""
        everybody = [{"peer": "gov"}, {"peer": "assembly"}, {"peer": "carrier"}]
        for room, alias in SESSIONS.items():
            self.submit(submission(alias, everybody))
            self.accept(self.last_registration(), alias, room)
        self.submit(submission(UNLISTED, [{"peer": "assembly"}]))
        self.accept(self.last_registration(), UNLISTED, "600")
        self.submit(submission(UNACCEPTED, everybody))
        return self

    def entries(self):
        """The journal, oldest first, read beside the gateway."""
        with sqlite3.connect(f"file:{self.journal_file}?mode=ro", uri=True, timeout=10) as link:
            return [json.loads(line) for (line,) in link.execute("SELECT line FROM journal ORDER BY seq")]

    def last_registration(self):
        changes = [change["registered"]["id"] for change in self.changes() if "registered" in change]
        return changes[-1]

    def changes(self):
        return [change for entry in self.entries() for change in entry["decision"].get("changes", [])]

    def joins(self):
        """Entries that decide on a call."""
        return [entry for entry in self.entries() if "join" in entry["request"]]

    def quiet(self, seconds=15):
        """Waits until no call, port, slot or call timer is left."""
        wanted = ("calls", "rtp_ports", "h245_ports", "joins")

        def nothing():
            status = self.status()
            return all(status[name] == 0 for name in wanted)

        wait_until(nothing, seconds, f"nothing is left of any call: {self.status()}")
        return self.status()


def cpu_seconds(pid):
    """User and system time of a process and all its threads."""
    text = Path(f"/proc/{pid}/stat").read_text()
    fields = text[text.rindex(")") + 2 :].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def now():
    return time.monotonic()
