"""A small SIP endpoint over TLS, TCP or UDP, to see the headers that a softphone hides. It says what it is told, word for word."""
import re
import secrets
import socket
import ssl
import time


class Message:
    """One SIP message: start line, headers in order, body."""

    def __init__(self, raw):
        head, _, self.body = raw.partition(b"\r\n\r\n")
        self.raw = raw
        self.start, *lines = head.decode("utf8", "replace").split("\r\n")
        self.headers = [tuple(part.strip() for part in line.split(":", 1)) for line in lines if ":" in line]

    @property
    def status(self):
        match = re.match(r"SIP/2\.0 (\d{3})", self.start)
        return int(match[1]) if match else None

    @property
    def method(self):
        return None if self.status else self.start.split(" ", 1)[0]

    def all(self, name):
        return [value for key, value in self.headers if key.lower() == name.lower()]

    def get(self, name):
        return next(iter(self.all(name)), None)


class Link:
    """One connection to the gateway, or one UDP socket."""

    def __init__(self, remote, source="127.0.0.1", certificate=None, authority=None, server_name=None, udp=False):
        self.remote, self.buffer, self.received, self.tls, self.udp = remote, b"", [], authority is not None, udp
        if udp:
            self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
            self.socket.bind((source, 5060))
            self.socket.connect(remote)
        else:
            self.socket = socket.create_connection(remote, 5, source_address=(source, 0))
        if authority:
            context = ssl.create_default_context(cafile=str(authority))
            context.check_hostname = server_name is not None
            if certificate:
                context.load_cert_chain(str(certificate))
            self.socket = context.wrap_socket(self.socket, server_hostname=server_name)
        self.local = self.socket.getsockname()[:2]
        self.transport = "UDP" if udp else "TLS" if self.tls else "TCP"

    def send(self, text, body=b""):
        head = text.strip().replace("\r\n", "\n").replace("\n", "\r\n")
        self.socket.sendall(head.encode() + b"\r\nContent-Length: %d\r\n\r\n" % len(body) + body)

    def receive(self, seconds=5.0):
        """The next message; None when the time is over, raises EOFError at the end of the stream."""
        end = time.monotonic() + seconds
        while (message := self._take()) is None:
            left = end - time.monotonic()
            if left <= 0:
                return None
            self.socket.settimeout(left)
            try:
                data = self.socket.recv(65536)
            except TimeoutError:
                return None
            if not data:
                raise EOFError("closed by the gateway")
            self.buffer += data
        self.received.append(message)
        return message

    def _take(self):
        self.buffer = self.buffer.lstrip(b"\r\n")
        head, gap, rest = self.buffer.partition(b"\r\n\r\n")
        if not gap:
            return None
        length = re.search(rb"(?im)^(?:content-length|l)\s*:\s*(\d+)", head)
        size = int(length[1]) if length else len(rest) if self.udp else 0
        if len(rest) < size:
            return None
        self.buffer = rest[size:]
        return Message(head + gap + rest[:size])

    def close(self):
        self.socket.close()


SDP = """v=0\r
o=- 1 1 IN IP4 {ip}\r
s=-\r
c=IN IP4 {ip}\r
t=0 0\r
m=audio {port} RTP/AVP 0 8 101\r
a=rtpmap:0 PCMU/8000\r
a=rtpmap:8 PCMA/8000\r
a=rtpmap:101 telephone-event/8000\r
a=fmtp:101 0-15\r
"""


class Call:
    """One outgoing call on a link, far enough for a test: INVITE, ACK, CANCEL, BYE."""

    def __init__(self, link, number, domain, user="thu", host="gov.example", ip="127.0.30.1", port=42000, offers=True):
        self.link, self.uri, self.cseq = link, f"sip:{number}@{domain}", 1
        self.id, self.tag, self.branch = secrets.token_hex(8), secrets.token_hex(4), "z9hG4bK" + secrets.token_hex(6)
        self.sender = f"<sip:{user}@{host}>;tag={self.tag}"
        self.to, self.target = f"<{self.uri}>", self.uri
        self.contact = f"<sip:{user}@{link.local[0]}:{link.local[1]};transport={link.transport.lower()}>"
        self.sdp, self.offers, self.final = SDP.format(ip=ip, port=port).encode(), offers, None

    def _head(self, method, target, branch, cseq=None):
        via = f"SIP/2.0/{self.link.transport} {self.link.local[0]}:{self.link.local[1]};branch={branch}"
        return f"{method} {target} SIP/2.0\nVia: {via};rport\nMax-Forwards: 70\nFrom: {self.sender}\nTo: {self.to}\nCall-ID: {self.id}\nCSeq: {cseq or self.cseq} {method}"

    def invite(self):
        head = self._head("INVITE", self.uri, self.branch) + f"\nContact: {self.contact}"
        self.link.send(*self._with_sdp(head, self.offers))
        return self

    def _with_sdp(self, head, has):
        return (head + "\nContent-Type: application/sdp", self.sdp) if has else (head, b"")

    def until(self, wanted, seconds=10.0):
        """Reads until a response for which `wanted(status)`; acknowledges a final one of the INVITE."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            message = self.link.receive(left)
            if message is None or message.status is None or message.get("Call-ID") != self.id:
                continue
            if message.status >= 200 and message.get("CSeq").endswith("INVITE"):
                self._acknowledge(message)
            if wanted(message.status):
                return message
        raise AssertionError(f"no such response within {seconds} s to {self.uri}")

    def answered(self, seconds=10.0):
        return self.until(lambda status: status >= 200, seconds)

    def _acknowledge(self, final):
        self.final, self.to = final, final.get("To")
        if final.status < 300:
            self.target = re.search(r"<([^>]+)>", final.get("Contact"))[1]
            branch = "z9hG4bK" + secrets.token_hex(6)
        else:
            branch = self.branch
        # Who offered nothing answers the offer in the 2xx (RFC 3261 13.2.1).
        self.link.send(*self._with_sdp(self._head("ACK", self.target, branch, self.cseq), final.status < 300 and not self.offers))

    def cancel(self):
        self.link.send(self._head("CANCEL", self.uri, self.branch, self.cseq))

    def bye(self):
        self.cseq += 1
        self.link.send(self._head("BYE", self.target, "z9hG4bK" + secrets.token_hex(6)))

    def request(self, method, seconds=10.0):
        """The next request of that method in this call, answered with 200."""
        end = time.monotonic() + seconds
        while (left := end - time.monotonic()) > 0:
            message = self.link.receive(left)
            if message is not None and message.method == method and message.get("Call-ID") == self.id:
                vias = "".join(f"\nVia: {via}" for via in message.all("Via"))
                self.link.send(f"SIP/2.0 200 OK{vias}\nFrom: {message.get('From')}\nTo: {message.get('To')}\nCall-ID: {self.id}\nCSeq: {message.get('CSeq')}")
                return message
        raise AssertionError(f"no {method} within {seconds} s")
