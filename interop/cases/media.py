"""Real RTP through the gateway, both ways, in every mode of H.323."""
from lib.world import settle

from .case import in_every_mode


@in_every_mode("baresip over TLS reaches Asterisk's echo by H.323 and hears its own tone")
def sip_to_h323(world):
    mark = world.baresip_dials("600")
    world.baresip.event("CALL_ESTABLISHED", mark)
    settle()
    world.baresip.command("hangup")
    world.baresip.event("CALL_CLOSED", mark)
    world.media_is_good()


@in_every_mode("Asterisk calls baresip through the gateway and echoes; baresip hears its own tone")
def h323_to_sip(world):
    mark = world.asterisk_dials("61000")
    world.baresip.event("CALL_INCOMING", mark)
    world.baresip.command("accept")
    world.baresip.event("CALL_ESTABLISHED", mark)
    settle()
    world.baresip.command("hangup")
    world.baresip.event("CALL_CLOSED", mark)
    world.media_is_good()
