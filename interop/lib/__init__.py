"""What the interop runs share: peers, the gateway, the wire."""
