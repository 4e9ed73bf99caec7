# Sends a file through the guard with Python's own client: python3 send.py PORT PATH KEY < in.csv > out.csv
import http.client
import sys

port, path, key = sys.argv[1:]
connection = http.client.HTTPConnection("127.0.0.1", int(port), timeout=60)
headers = {"Authorization": "Bearer " + key, "Content-Type": "text/csv"}
connection.request("POST", path, body=sys.stdin.buffer.read(), headers=headers)
answer = connection.getresponse()
body = answer.read()
assert answer.status == 200, answer.status
assert len(body) == int(answer.getheader("Content-Length"))
sys.stderr.write(answer.getheader("Release-Id"))
sys.stdout.buffer.write(body)
