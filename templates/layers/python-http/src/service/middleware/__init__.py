"""What every request passes through, in plain ASGI."""
