"""HTTP as the bytes say it, for tests that must not be told a kinder story by a library.

An Answer knows whether its body came to a proper end: with its last chunk, with all the bytes its
content-length promised, or (ended == "eof") merely with the end of the connection.
"""
import base64
import gzip
import json
import socket
import time


class Answer:
    def __init__(self, status, reason, headers, interim):
        self.status = status
        self.reason = reason
        self.headers = headers  # [(lower-case name, value)] in order
        self.interim = interim  # statuses of the 1xx answers before it
        self.body = b""
        self.ended = "cut"  # complete | eof | cut

    def header(self, name, absent=None):
        return next((value for key, value in self.headers if key == name), absent)

    @property
    def text(self):
        body = gzip.decompress(self.body) if self.header("content-encoding") == "gzip" else self.body
        return body.decode("utf-8", "replace")

    def json(self):
        return json.loads(self.text)

    def events(self):
        """The data of each server-sent event, terminated or not, in order."""
        events, data = [], []
        text = self.text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
        for line in text.split("\n"):
            if line.startswith("data:"):
                data.append(line[5:].removeprefix(" "))
            elif line == "" and data:
                events.append("\n".join(data))
                data = []
        return events + (["\n".join(data)] if data else [])

    def said(self):
        """The text of the deltas of a chat stream."""
        chunks = [json.loads(event) for event in self.events() if event != "[DONE]"]
        deltas = [choice["delta"] for chunk in chunks for choice in chunk.get("choices", [])]
        return "".join(delta.get("content") or "" for delta in deltas)


class Connection:
    """One client connection: TCP to (host, port) or a Unix socket path."""

    def __init__(self, address, timeout=20.0):
        family = socket.AF_UNIX if isinstance(address, str) else socket.AF_INET
        self.socket = socket.socket(family, socket.SOCK_STREAM)
        self.socket.settimeout(timeout)
        self.socket.connect(address)
        if family == socket.AF_INET:
            self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.buffer = b""
        self.at_end = False

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()

    def send(self, data):
        self.socket.sendall(data)

    def more(self):
        """Reads once; False at the end of the stream, however it came."""
        try:
            piece = self.socket.recv(1 << 16)
        except ConnectionResetError:
            piece = b""
        self.at_end = not piece
        self.buffer += piece
        return bool(piece)

    def take_until(self, mark):
        while mark not in self.buffer:
            if not self.more():
                return None
        head, _, self.buffer = self.buffer.partition(mark)
        return head

    def take(self, size):
        pieces, have = [self.buffer], len(self.buffer)
        while have < size:
            self.buffer = b""
            if not self.more():
                break
            pieces.append(self.buffer)
            have += len(self.buffer)
        data = b"".join(pieces)
        self.buffer = data[size:]
        return data[:size]

    def answer(self, method="POST"):
        """The next answer, or None if the connection ended before its head."""
        interim = []
        while True:
            head = self.take_until(b"\r\n\r\n")
            if head is None:
                return None
            lines = head.decode("latin-1").split("\r\n")
            _, status, reason = (lines[0] + "  ").split(" ", 2)
            if int(status) // 100 != 1:
                break
            interim.append(int(status))
        pairs = [line.split(":", 1) for line in lines[1:]]
        headers = [(name.lower(), value.strip()) for name, value in pairs]
        answer = Answer(int(status), reason.strip(), headers, interim)
        self.read_body(answer, method)
        return answer

    def read_body(self, answer, method):
        length = answer.header("content-length")
        if method == "HEAD" or answer.status in (204, 304):
            answer.ended = "complete"
        elif answer.header("transfer-encoding") == "chunked":
            self.read_chunks(answer)
        elif length is not None:
            answer.body = self.take(int(length))
            answer.ended = "complete" if len(answer.body) == int(length) else "cut"
        else:
            while self.more():
                pass
            answer.body, self.buffer, answer.ended = self.buffer, b"", "eof"

    def read_chunks(self, answer):
        while (line := self.take_until(b"\r\n")) is not None:
            size = int(line.split(b";")[0], 16)
            data = self.take(size + 2)
            answer.body += data[:size]
            if len(data) < size + 2:
                return
            if size == 0:
                answer.ended = "complete"
                return

    def closed_within(self, seconds):
        """Does the other side close, saying no more?"""
        self.socket.settimeout(seconds)
        try:
            return not self.buffer and not self.more()
        except TimeoutError:
            return False

    def abort(self):
        """Closes with RST. Returns the moment, in seconds of CLOCK_MONOTONIC."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        return self.hang_up()

    def hang_up(self):
        now = time.monotonic()
        self.socket.close()
        return now


def request_bytes(method, path, body=b"", headers=(), host="localhost"):
    """A plain HTTP/1.1 request. `headers` are pairs; content-length is added with a body."""
    lines = [f"{method} {path} HTTP/1.1", f"host: {host}"]
    lines += [f"{name}: {value}" for name, value in headers]
    if body:
        lines.append(f"content-length: {len(body)}")
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def json_bytes(value):
    return json.dumps(value).encode()


def floats_of(base64_text):
    import struct
    raw = base64.b64decode(base64_text)
    return list(struct.unpack(f"<{len(raw) // 4}f", raw))
