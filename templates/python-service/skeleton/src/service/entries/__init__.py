"""The example resource: short texts kept under a key."""
