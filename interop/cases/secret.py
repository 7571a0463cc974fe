"""H.235.1 with a scripted peer, whose hashes are Python's: RAS both ways, calls both ways. Only where the scenarios are."""
import subprocess

from lib import peer

from .ras import ras

# What the scenarios call the two.
SECRET = ["--password", "secret"]


@ras("our gatekeeper and an endpoint with a secret: every request and every answer carries a good hash")
def secret_gatekeeper(_):
    peer.against_our_gatekeeper("h2351_good", *SECRET, "--peer", peer.PEER)


@ras("a wrong password, no hash, an old one, a changed message: our gatekeeper refuses each with securityDenial")
def secret_gatekeeper_spoilt(_):
    peer.against_our_gatekeeper("h2351_bad", *SECRET, "--peer", peer.PEER)


@ras("our endpoint and a gatekeeper with a secret: it registers, calls and leaves with good hashes")
def secret_endpoint(_):
    peer.against_our_endpoint("h2351_good", "--alias", "alice", *SECRET, "--gk-name", "peer-gk", "admit=600", "leave")


def called(*options):
    """The peer calls our endpoint."""
    ours = [peer.example("endpoint"), "answer", "--at", f"{peer.OURS}:1720", *SECRET, "--ours", "peer-gk", "--theirs", "alice", "--peer", peer.PEER]
    with peer.Running(*ours):
        theirs = peer.scenario("call", "h2351_call", "--to", peer.OURS, "--from", peer.PEER, "--set", "to=600", *options)
        run = subprocess.run(theirs, capture_output=True, text=True, timeout=60, stdin=subprocess.DEVNULL)
    assert run.returncode == 0, "\n".join(run.stdout.splitlines()[-8:])


@ras("a call from a peer with a secret: each message carries a good hash")
def secret_called(_):
    called()


@ras("a call with a wrong secret: securityDenied")
def secret_called_spoilt(_):
    called("--set", "spoil=yes")


@ras("a call to a peer with a secret, and to one that takes ours for wrong")
def secret_calls(_):
    endpoint = peer.example("endpoint")
    for password, options in (("secret", []), ("another", ["--set", "spoil=yes"])):
        with peer.Running(*peer.scenario("answer", "h2351_call", "--at", peer.PEER, *options)) as theirs:
            ours = ["call", "--to", f"{peer.PEER}:1720", "--from", peer.OURS, "--password", password, "--ours", "alice", "--theirs", "peer-gk", "--hold", "200", "600"]
            subprocess.run([endpoint, *ours], capture_output=True, timeout=60, stdin=subprocess.DEVNULL)
            code, said = theirs.end()
        assert code == 0, "\n".join(said.splitlines()[-8:])
