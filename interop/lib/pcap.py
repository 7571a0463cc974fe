"""Captures on loopback: taken by dumpcap, judged by tshark, and read here for RTP."""
import os
import shutil
import signal
import struct
import subprocess
import time
from collections import defaultdict, namedtuple

Rtp = namedtuple("Rtp", "at src dst payload_type sequence timestamp ssrc")
LINK_ETHERNET = 1


class Capture:
    """A capture of everything on lo that one filter lets through, into one file."""

    def __init__(self, path, bpf="not port 4444"):
        self.path, self.bpf, self.process = path, bpf, None

    def start(self):
        if os.path.exists(self.path):
            os.remove(self.path)
        command = ["timeout", "1800", "dumpcap", "-q", "-P", "-B", "64", "-i", "lo", "-f", self.bpf, "-w", str(self.path)]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL)
        wait_until(lambda: os.path.exists(self.path) and os.path.getsize(self.path) >= 24, 10, "dumpcap writes its file")
        return self

    def stop(self):
        if self.process and self.process.poll() is None:
            time.sleep(0.3)  # what is in the kernel's ring
            self.process.send_signal(signal.SIGTERM)
            self.process.wait(10)
        self.process = None


def wait_until(holds, seconds, what):
    """Waits until `holds()`; raises after `seconds`."""
    end = time.monotonic() + seconds
    while not (value := holds()):
        if time.monotonic() > end:
            raise AssertionError(f"not within {seconds} s: {what}")
        time.sleep(0.05)
    return value


def datagrams(path):
    """Every IPv4 UDP datagram of a capture: time, (source, port), (destination, port), payload."""
    data = open(path, "rb").read()
    magic = struct.unpack_from("<I", data)[0]
    tick = {0xA1B2C3D4: 1e-6, 0xA1B23C4D: 1e-9}[magic]
    offset = 24
    while offset + 16 <= len(data):
        seconds, fraction, size, _ = struct.unpack_from("<IIII", data, offset)
        frame = data[offset + 16 : offset + 16 + size]
        offset += 16 + size
        if len(frame) < 42 or frame[12:14] != b"\x08\x00" or frame[23] != 17:
            continue
        start = 14 + (frame[14] & 15) * 4
        source, target = (".".join(map(str, frame[at : at + 4])) for at in (26, 30))
        sport, dport = struct.unpack_from("!HH", frame, start)
        yield seconds + fraction * tick, (source, sport), (target, dport), frame[start + 8 :]


def rtp_flows(path):
    """RTP by (source, destination), in order. Even ports only: the odd ones are RTCP."""
    flows = defaultdict(list)
    for at, src, dst, data in datagrams(path):
        if len(data) >= 12 and data[0] >> 6 == 2 and dst[1] % 2 == 0 and dst[1] > 1024 and data[1] & 0x7F < 128 and 5060 not in (src[1], dst[1]):
            kind, sequence, stamp, ssrc = data[1] & 0x7F, *struct.unpack_from("!HII", data, 2)
            flows[src, dst].append(Rtp(at, src, dst, kind, sequence, stamp, ssrc))
    return flows


def continuous(packets):
    """None if there is one SSRC and no number is missing, twice there or out of order; else what is wrong."""
    sources = {packet.ssrc for packet in packets}
    if len(sources) != 1:
        return f"{len(sources)} SSRCs"
    for one, two in zip(packets, packets[1:]):
        if (two.sequence - one.sequence) & 0xFFFF != 1:
            return f"{one.sequence} is followed by {two.sequence}"
    return None


def tshark(path, display, *fields, options=()):
    """One list of field values per packet that the display filter lets through."""
    command = [shutil.which("tshark") or "tshark", "-n", *options, "-r", str(path), "-Y", display, "-T", "fields", "-E", "occurrence=a", "-E", "aggregator=,"]
    for field in fields:
        command += ["-e", field]
    run = subprocess.run(command, capture_output=True, text=True, timeout=300)
    if run.returncode not in (0,):
        raise AssertionError(f"tshark: {run.stderr.strip()[-300:]}")
    return [line.split("\t") for line in run.stdout.splitlines()]


def summary(path):
    """The packets of signalling, a line each."""
    shown = "tcp.flags.syn == 1 || tcp.flags.reset == 1 || tcp.analysis.retransmission || h225 || h245 || sip || tls"
    run = subprocess.run(["tshark", "-n", "-r", str(path), "-Y", shown], capture_output=True, text=True, timeout=300)
    return run.stdout or run.stderr


def write_udp(path, messages):
    """A capture of made-up UDP datagrams: (source, destination, payload). For what came inside TLS."""
    with open(path, "wb") as out:
        out.write(struct.pack("<IHHiIII", 0xA1B2C3D4, 2, 4, 0, 0, 262144, LINK_ETHERNET))
        for index, (src, dst, payload) in enumerate(messages):
            udp = struct.pack("!HHHH", src[1], dst[1], 8 + len(payload), 0) + payload
            head = struct.pack("!BBHHHBBH4s4s", 0x45, 0, 20 + len(udp), 0, 0, 64, 17, 0, *(bytes(map(int, a[0].split("."))) for a in (src, dst)))
            frame = bytes(12) + b"\x08\x00" + head + udp
            out.write(struct.pack("<IIII", index, 0, len(frame), len(frame)) + frame)
