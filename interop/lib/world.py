"""The world of one run: the gateway between its peers, started as a test needs them, and what tests look at."""
import contextlib
import time

from . import gateway as gw
from . import pcap, sip, tone
from .pcap import wait_until
from .peers import Asterisk, Baresip, Kamailio, Sipp

# How many lines of each party are told of a failed test.
LINES_TOLD = 25


class World:
    """Peers and gateway. `want` brings them into the state a test needs and leaves alone what is already so."""

    def __init__(self):
        self.gateway = gw.Gateway("run")
        self.asterisk = Asterisk("mcu", gw.MCU, gw.GATEWAY)
        self.baresip = Baresip("gov", gw.GOVERNMENT)
        self.kamailio = Kamailio("assembly", gw.ASSEMBLY, f"{gw.ASSEMBLY_NEXT}:5060")
        self.sipp = Sipp("assembly", f"{gw.ASSEMBLY_NEXT}:5060")
        self.mode, self.captures, self.capture, self.received = None, [], None, []

    def want(self, fast_start=True, tunnelling=True):
        mode = (fast_start, tunnelling)
        if self.mode != mode:
            self.gateway.stop()
            self.asterisk.up(fast_start, tunnelling)
            if self.baresip.link is None:
                self.baresip.up(gw.PKI)
            # Six seconds are enough for a phone that rings for two, and short enough to wait for.
            self.gateway.prepare(fast_start=fast_start, tunnelling=tunnelling, extra_limits="answer_s = 6").start().seed()
            self.mode = mode

    @contextlib.contextmanager
    def captured(self, name):
        """Captures what a test does; the files are judged for malformed packets at the end."""
        path = gw.WORLD / f"{name}.pcap"
        self.capture = pcap.Capture(path).start()
        try:
            yield
        finally:
            self.capture.stop()
            if path not in self.captures:
                self.captures.append(path)

    def told(self, name):
        """What each party told of a test that failed: the signalling on the wire, and the ends of the logs. For a reader of the run."""
        parts = {"wire": lambda: pcap.summary(gw.WORLD / f"{name}.pcap"), "gateway": self.gateway.log, "asterisk": self.asterisk.complaints, "baresip": self.baresip.log}
        text = []
        for part, read in parts.items():
            try:
                lines = read().splitlines()[-LINES_TOLD:]
            except Exception as error:  # noqa: BLE001: what cannot be told must not hide the failure itself
                lines = [f"{type(error).__name__}: {error}"]
            text += [f"  {part:8} | {line[:200]}" for line in lines]
        return "\n".join(text)

    def wire(self):
        """Ends the capture of this test and gives its file."""
        self.capture.stop()
        return self.capture.path

    def link(self, name="gov", authority="pki", **options):
        """A connection with the certificate of `name`."""
        folder = {"pki": gw.PKI, "foreign": gw.FOREIGN}[authority]
        link = sip.Link((gw.GATEWAY, gw.SIP_TLS), authority=gw.PKI / "ca.pem", certificate=folder / f"{name}.pem" if name else None, server_name="border.example", **options)
        link.received = self.received
        return link

    def call(self, room_or_alias, link=None, **options):
        """A call of the Government to a session, by its room or by an alias."""
        alias = gw.SESSIONS.get(room_or_alias, room_or_alias)
        return sip.Call(link or self.link(), alias, gw.DOMAIN, **options).invite()

    def baresip_dials(self, room):
        mark = self.baresip.mark()
        self.baresip.command("dial", f"sip:{gw.SESSIONS[room]}@{gw.GATEWAY}:{gw.SIP_TLS};transport=tls")
        return mark

    def asterisk_dials(self, number, room="600", **options):
        """The MCU calls out of a session's room."""
        mark = self.baresip.mark()
        self.asterisk.originate(number, caller=room, **options)
        return mark

    def outcome(self, before, seconds=15):
        """[cause, dial status] of the call that the MCU placed when it had `before` outcomes."""
        return wait_until(lambda: self.asterisk.outcomes()[before:], seconds, "the MCU's call is over")[0]

    def all_hang_up(self):
        self.baresip.command("hangup")
        self.asterisk.hang_up()
        wait_until(lambda: self.asterisk.channels() == 0, 10, "the MCU has no channel left")

    def media_is_good(self, seconds=1.0):
        """The tone is heard, and what the gateway sends to either side is one unbroken stream of one source."""
        path = self.wire()
        heard = tone.seconds_of(self.baresip.heard())
        assert heard >= seconds, f"the tone is in {heard:.1f} s of what baresip heard, of {seconds} s expected"
        flows = {ends: packets for ends, packets in pcap.rtp_flows(path).items() if len(packets) > 20}
        ours = [(ends, packets) for ends, packets in flows.items() if ends[0][0] == gw.GATEWAY]
        assert len(ours) >= 2, f"RTP flows from the gateway: {sorted(flows)}"
        for ends, packets in ours:
            wrong = pcap.continuous(packets)
            assert wrong is None, f"{ends[0]} to {ends[1]}: {wrong}"
            theirs = {packet.ssrc for ends, other in flows.items() for packet in other if ends[0][0] != gw.GATEWAY}
            assert packets[0].ssrc in theirs, f"{ends[0]} to {ends[1]}: an SSRC that no peer sent"

    def h225(self, *fields, display="q931"):
        """Call signalling from the gateway in this test's capture: message type and the fields."""
        return pcap.tshark(self.wire(), f"({display}) && ip.src == {gw.GATEWAY}", "q931.message_type", *fields)

    def released_with(self):
        """Q.850 causes of the ReleaseCompletes that the gateway sent."""
        return [int(cause) for kind, cause in self.h225("q931.cause_value", display="q931.message_type == 0x5a") if cause]

    def session_was_ended(self):
        """The gateway ended an H.323 call in good order: endSession, and no ReleaseComplete with another cause than 16.

        Asterisk answers an endSession with a ReleaseComplete of its own at once, cause 31, so it does not wait for ours (H.323 8.5).
        """
        ended = pcap.tshark(self.wire(), f"h245.endSessionCommand && ip.src == {gw.GATEWAY}", "frame.number")
        assert ended, "no endSession from the gateway"
        assert self.released_with() in ([], [16]), self.released_with()

    def connections_to(self, ip):
        """Connections that the gateway tried to open to an address."""
        return pcap.tshark(self.wire(), f"tcp.flags.syn == 1 && tcp.flags.ack == 0 && ip.dst == {ip} && ip.src == {gw.GATEWAY}", "tcp.dstport")

    def stop(self):
        for part in (self.gateway.stop, self.baresip.down, self.asterisk.down, self.kamailio.down, self.sipp.down):
            with contextlib.suppress(Exception):
                part()


def settle(seconds=2.5):
    """Lets media flow."""
    time.sleep(seconds)
