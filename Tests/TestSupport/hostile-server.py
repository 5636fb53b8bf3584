"""An HTTP server that misbehaves in a named way: GET /BEHAVIOUR/KEY.

usage: hostile-server.py CONTENT LOG — prints its port, then serves the bytes of CONTENT on loopback until its
standard input ends: with whoever started it, at the latest.
Each request adds a line to LOG: KEY, the Range header, the If-Range header.
"""

import http.server
import sys
import threading
import time

CONTENT = open(sys.argv[1], "rb").read()
CHANGED = bytes(255 - byte for byte in CONTENT)
HALF = len(CONTENT) // 2
SEEN = {}
LOCK = threading.Lock()


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *words):
        pass

    def do_GET(self):
        _, behaviour, key = self.path.split("/", 2)
        asked = self.headers.get("Range")
        unless = self.headers.get("If-Range")
        with LOCK:
            SEEN[key] = SEEN.get(key, 0) + 1
            turn = SEEN[key]
            with open(sys.argv[2], "a") as log:
                log.write(f"{key} {asked or '-'} {unless or '-'}\n")
        start = int(asked.split("=")[1].split("-")[0]) if asked else 0
        self.close_connection = True
        getattr(self, behaviour.replace("-", "_"))(turn, start, unless)

    def say(self, status, body=b"", length=None, **headers):
        """Announces `length` (False: nothing), sends `body`."""
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        if length is not False:
            self.send_header("Content-Length", str(len(body) if length is None else length))
        self.send_header("Connection", "close")
        self.end_headers()
        try:
            self.wfile.write(body)
        except OSError:
            pass

    def ranged(self, turn, start, unless, tag='"one"', body=CONTENT):
        """What a good server does."""
        if start and unless == tag:
            if start >= len(body):
                return self.say(416, ETag=tag)
            where = f"bytes {start}-{len(body) - 1}/{len(body)}"
            return self.say(206, body[start:], ETag=tag, Content_Range=where)
        self.say(200, body, ETag=tag)

    def plain(self, turn, start, unless):
        self.say(200, CONTENT)

    def cut(self, turn, start, unless):
        self.say(200, CONTENT[:HALF], length=len(CONTENT))

    def cut_once(self, turn, start, unless):
        if turn == 1:
            return self.say(200, CONTENT[:HALF], length=len(CONTENT), ETag='"one"')
        self.ranged(turn, start, unless)

    def cut_once_untagged(self, turn, start, unless):
        self.say(200, CONTENT[:HALF] if turn == 1 else CONTENT, length=len(CONTENT))

    def cut_once_weak(self, turn, start, unless):
        if turn == 1:
            return self.say(200, CONTENT[:HALF], length=len(CONTENT), ETag='W/"one"')
        self.say(200, CONTENT, ETag='W/"one"')

    def ignores_range(self, turn, start, unless):
        self.say(200, CONTENT[:HALF] if turn == 1 else CONTENT, length=len(CONTENT), ETag='"one"')

    def tag_changes(self, turn, start, unless):
        if turn == 1:
            return self.say(200, CHANGED[:HALF], length=len(CONTENT), ETag='"old"')
        self.ranged(turn, start, unless)

    def splices(self, turn, start, unless):
        """Ignores If-Range: sends the rest of another thing, with its honest tag."""
        if turn == 1:
            return self.say(200, CHANGED[:HALF], length=len(CONTENT), ETag='"old"')
        self.ranged(turn, start, '"one"')

    def lies_about_tag(self, turn, start, unless):
        """Two things under one tag."""
        if turn == 1:
            return self.say(200, CHANGED[:HALF], length=len(CONTENT), ETag='"one"')
        self.ranged(turn, start, unless)

    def other_range(self, turn, start, unless):
        if turn == 1:
            return self.say(200, CONTENT[:HALF], length=len(CONTENT), ETag='"one"')
        where = f"bytes 10-{len(CONTENT) - 1}/{len(CONTENT)}"
        self.say(206, CONTENT[10:], ETag='"one"', Content_Range=where)

    def no_such_range(self, turn, start, unless):
        if turn == 1:
            return self.say(200, CONTENT[:HALF], length=len(CONTENT), ETag='"one"')
        if start:
            return self.say(416)
        self.say(200, CONTENT)

    def stall(self, turn, start, unless):
        self.say(200, CONTENT[:HALF], length=len(CONTENT))
        self.wfile.flush()
        time.sleep(30)

    def endless(self, turn, start, unless):
        self.say(200, CONTENT, length=False)
        try:
            for _ in range(1000):
                self.wfile.write(CONTENT)
        except OSError:
            pass

    def announces_more(self, turn, start, unless):
        self.say(200, CONTENT, length=len(CONTENT) + 1)

    def busy_twice(self, turn, start, unless):
        if turn <= 2:
            return self.say(503, b"busy")
        self.say(200, CONTENT)

    def busy(self, turn, start, unless):
        self.say(503, b"busy")

    def later(self, turn, start, unless):
        if turn == 1:
            return self.say(429, Retry_After="1")
        self.say(200, CONTENT)

    def to_file(self, turn, start, unless):
        self.say(302, Location="file:///etc/passwd")

    def circle(self, turn, start, unless):
        self.say(302, b"round", Location=self.path)

    def hop(self, turn, start, unless):
        self.say(302, b"this is no content", Location="/plain/hopped", ETag='"hop"')

    def wrong(self, turn, start, unless):
        self.say(200, CHANGED)

    def missing(self, turn, start, unless):
        self.say(404, b"<html>no</html>")

    def empty(self, turn, start, unless):
        self.say(200)

    def silent(self, turn, start, unless):
        pass

    def garbage(self, turn, start, unless):
        self.wfile.write(b"\x00\x01SSH-2.0-what\r\n\r\n")

    def unasked_part(self, turn, start, unless):
        where = f"bytes 0-{HALF - 1}/{len(CONTENT)}"
        self.say(206, CONTENT[:HALF], ETag='"one"', Content_Range=where)

    def short_part(self, turn, start, unless):
        """Sends less than the rest that was asked for, and says so."""
        if turn == 1:
            return self.say(200, CONTENT[:HALF], length=len(CONTENT), ETag='"one"')
        where = f"bytes {start}-{start + 9}/{len(CONTENT)}"
        self.say(206, CONTENT[start:start + 10], ETag='"one"', Content_Range=where)

    def later_by_date(self, turn, start, unless):
        if turn == 1:
            return self.say(503, Retry_After=self.date_time_string(int(time.time()) + 2))
        self.say(200, CONTENT)

    def no_content(self, turn, start, unless):
        self.say(204, length=False)

    def odd_fault_once(self, turn, start, unless):
        if turn == 1:
            return self.say(520)
        self.say(200, CONTENT)

    def endless_headers(self, turn, start, unless):
        self.send_response(200)
        for number in range(10000):
            self.send_header(f"X-{number}", "x" * 1000)
        try:
            self.end_headers()
        except OSError:
            pass


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
server.daemon_threads = True
threading.Thread(target=server.serve_forever, daemon=True).start()
print(server.server_address[1], flush=True)
sys.stdin.read()
