"""Mutual TLS, both directions: who is let in, and whom we let ourselves be led to."""
import ssl

from lib import gateway as gw
from lib import sip
from lib.pcap import wait_until

from .case import test


def is_refused(world, counter, **options):
    """The handshake fails, at once or (TLS 1.3) at the first read; nothing is answered; it is counted."""
    before = world.gateway.status()[counter]
    try:
        link = world.link(**options)
        link.send("OPTIONS sip:hnth.example SIP/2.0\nVia: SIP/2.0/TLS 127.0.0.1:9;branch=z9hG4bKx\nFrom: <sip:a@b>;tag=1\nTo: <sip:hnth.example>\nCall-ID: x\nCSeq: 1 OPTIONS\nMax-Forwards: 70")
        answer = link.receive(3)
    except (ssl.SSLError, EOFError, ConnectionError):
        answer = None
    assert answer is None, answer.start
    wait_until(lambda: world.gateway.status()[counter] == before + 1, 5, f"the refused handshake is counted as {counter}")


@test("no client certificate: the handshake is refused and counted")
def tls_no_certificate(world):
    is_refused(world, "tls_no_certificate", name=None)


@test("a certificate of an authority we do not trust: refused and counted")
def tls_foreign_authority(world):
    is_refused(world, "tls_untrusted", authority="foreign")


@test("Kamailio demands our certificate, gets it, and the call is answered behind it")
def tls_next_hop(world):
    world.kamailio.up(gw.PKI)
    world.sipp.up()
    try:
        world.asterisk_dials("62600", application="Wait", data="3")
        wait_until(lambda: world.asterisk.channels() >= 3, 10, "the call to the next hop is up")
        wait_until(lambda: ["ACK", "border.example"] in world.kamailio.seen(), 10, "Kamailio saw our certificate")
        wait_until(lambda: world.asterisk.channels() == 0, 10, "the call is over")
        wait_until(lambda: ["BYE", "border.example"] in world.kamailio.seen(), 5, "Kamailio saw the BYE")
    finally:
        world.sipp.down()


@test("what Kamailio refuses reaches the MCU as its cause: 486 is 17, 404 is 1")
def tls_next_hop_refuses(world):
    world.kamailio.up(gw.PKI)
    for number, cause in (("62486", 17), ("62404", 1)):
        before = len(world.asterisk.outcomes())
        world.asterisk_dials(number)
        world.outcome(before)
    assert world.released_with() == [17, 1], world.released_with()


@test("a Kamailio with a certificate of another name is refused by us; it sees no request")
def tls_impostor(world):
    world.kamailio.up(gw.PKI, certificate="impostor")
    untrusted = world.gateway.status()["tls_untrusted"]
    try:
        before = len(world.asterisk.outcomes())
        world.asterisk_dials("62600")
        cause, status = world.outcome(before)
        assert status != "ANSWER", (cause, status)
        assert world.kamailio.seen() == [], world.kamailio.seen()
        assert world.gateway.status()["tls_untrusted"] == untrusted + 1, "the refusal is not counted"
        assert world.released_with() and world.released_with()[0] in (27, 38, 41), world.released_with()
    finally:
        world.kamailio.down()


@test("a plain listener hears nobody but its peer: silence, and it is counted")
def plain_listener_is_the_peers(world):
    before = world.gateway.status()["foreign_source"]
    link = sip.Link((gw.GATEWAY, gw.SIP_PLAIN), source="127.0.0.1", udp=True)
    sip.Call(link, gw.SESSIONS["7111"], gw.DOMAIN).invite()
    assert link.receive(2) is None, "a stranger was answered"
    assert world.gateway.status()["foreign_source"] > before, "the stranger's datagram is not counted"
