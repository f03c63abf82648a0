"""Whether what comes in, and what is answered, is still like it was in training."""
