"""The service; README.md says where things are."""
