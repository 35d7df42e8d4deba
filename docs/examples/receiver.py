#!/usr/bin/env python3
"""Receives the deliveries of a FilmService webhook. usage: WEBHOOK_SECRET=whsec_... receiver.py [port]

Needs nothing but Python 3. It keeps the ids in memory; a real receiver keeps them in its database, in the transaction
that applies the changes.
"""
import base64
import hashlib
import hmac
import json
import os
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Lock

KEY = base64.b64decode(os.environ["WEBHOOK_SECRET"].removeprefix("whsec_"))
TOLERANCE = 5 * 60  # seconds
MAX_BODY = 1_000_000

seen = set()
lock = Lock()


def is_valid(fields, body):
    """True if one of the signatures is right, and the delivery was sent just now (replay protection)."""
    sent_at = fields.get("webhook-timestamp", "")
    if not sent_at.isascii() or not sent_at.isdigit() or abs(time.time() - int(sent_at)) > TOLERANCE:
        return False
    signed = f"{fields.get('webhook-id', '')}.{sent_at}.".encode() + body
    right = "v1," + base64.b64encode(hmac.digest(KEY, signed, hashlib.sha256)).decode()
    return any(hmac.compare_digest(right.encode(), one.encode()) for one in fields.get("webhook-signature", "").split(" "))


def apply(delivery):
    if "reset" in delivery:
        print("reset", delivery["reset"]["reason"], flush=True)  # read the whole catalogue again
    for change in delivery.get("items", []):
        print(change["Revision"], change["Id"], change.get("Name", "deleted"), flush=True)


class Receiver(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self):
        length = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(length) if length <= MAX_BODY else b""
        if not is_valid(self.headers, body):
            return self.answer(400)
        with lock:
            if self.headers["webhook-id"] not in seen:  # otherwise it is a repetition, whose answer was lost
                apply(json.loads(body))
                seen.add(self.headers["webhook-id"])
        self.answer(204)

    def answer(self, status):
        self.send_response(status)
        if status != 204:
            self.send_header("Content-Length", "0")
            self.send_header("Connection", "close")
        self.end_headers()

    def log_message(self, *_):
        pass


server = ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1]) if len(sys.argv) > 1 else 8000), Receiver)
print(f"listening on http://127.0.0.1:{server.server_port}", flush=True)
server.serve_forever()
