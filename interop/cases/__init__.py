"""All tests of `interop/run`, in the order in which they run: those of one mode stand together, the judgement of tshark comes last."""
from . import clearing, floor, media, ras, refusal, secret, tls, wire
from .case import TESTS as TESTS

_ = (media, clearing, tls, refusal, floor, ras, secret, wire)
TESTS.sort(key=lambda test: (test.last, (test.mode["fast_start"], test.mode["tunnelling"]) != (True, True), str(test.mode)))
