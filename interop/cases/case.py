"""How a test is named and registered."""
from dataclasses import dataclass, field
from typing import Callable


@dataclass
class Test:
    """One test: a name, what it shows, and what the world must be like."""

    name: str
    what: str
    body: Callable
    mode: dict = field(default_factory=lambda: {"fast_start": True, "tunnelling": True})
    keeps_quiet: bool = False
    # It needs none of the world's peers, nor the gateway.
    alone: bool = False
    last: bool = False
    # Without the gateway and its peers.
    alone: bool = False


TESTS = []


def test(what, **options):
    """Registers a function as a test under its own name."""

    def register(body):
        TESTS.append(Test(body.__name__, what, body, **options))
        return body

    return register


def in_every_mode(what):
    """Registers a function four times: fast start on and off, tunnelling on and off."""

    def register(body):
        for fast_start in (True, False):
            for tunnelling in (True, False):
                name = f"{body.__name__}_{'fast' if fast_start else 'slow'}_{'tunnelled' if tunnelling else 'separate'}"
                TESTS.append(Test(name, what, body, {"fast_start": fast_start, "tunnelling": tunnelling}))
        return body

    return register
