"""Logs in with Python's requests, as the original's clients do. usage: basic.py <address> <user> <password>"""
import sys

import requests

address, user, password = sys.argv[1:]
answer = requests.get(f"{address}/hello_world", auth=(user, password), timeout=30)
print(answer.status_code, answer.text)
print(requests.get(f"{address}/hello_world", auth=(user, password + "x"), timeout=30).status_code)
