"""Makes a new version of the model: `make train`."""
