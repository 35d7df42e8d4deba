"""Starts the servers, aims the load at them and tells what came of it."""
