"""A daemon on a Unix socket that says what a test tells it to, and remembers what it was asked.

    with FakeDaemon({"GET /v1/models": json_answer({...})}) as daemon: ...

An answer is a list of pieces: bytes to send, a number of seconds to wait, or HANG_UP. Nothing but the standard library.
"""

import json
import os
import shutil
import socket
import tempfile
import threading
import time

HANG_UP = object()


def head(status, headers, framing):
    lines = [f"HTTP/1.1 {status} X", "Ogem-Version: 9.9.9", "Ogem-Api: 1", framing]
    return "\r\n".join(lines + [f"{name}: {value}" for name, value in headers.items()] + ["", ""]).encode()


def answer(body, status=200, **headers):
    body = body.encode() if isinstance(body, str) else body
    headers = {name.replace("_", "-"): value for name, value in headers.items()}
    return [head(status, headers, f"Content-Length: {len(body)}") + body]


def json_answer(value, status=200, **headers):
    return answer(json.dumps(value), status, content_type="application/json", **headers)


def chunk(data):
    data = data.encode() if isinstance(data, str) else data
    return b"%x\r\n%s\r\n" % (len(data), data)


def event(value):
    return chunk("data: " + (value if isinstance(value, str) else json.dumps(value)) + "\n\n")


def delta(text=None, finish=None):
    content = {} if text is None else {"content": text}
    return event({"id": "c1", "object": "chat.completion.chunk", "model": "gpt-4o",
                  "choices": [{"index": 0, "delta": content, "finish_reason": finish}]})


ROUTE = {"x-ogem-provider": "vertex", "x-ogem-region": "us-central1", "x-ogem-model": "gemini-1.5-pro",
         "x-request-id": "01K", "x-ogem-attempts": "openai/openai=429;3, vertex/us-central1=200;410"}


def stream(*pieces, headers=None):
    """A streamed answer; it ends properly only if DONE is among the pieces."""
    framing = "Transfer-Encoding: chunked\r\nContent-Type: text/event-stream"
    return [head(200, ROUTE if headers is None else headers, framing), *pieces]


DONE = event("[DONE]") + b"0\r\n\r\n"
USAGE = event({"choices": [], "usage": {"prompt_tokens": 18, "completion_tokens": 24, "total_tokens": 42}})


def completion(text, finish="stop"):
    return {"id": "c1", "object": "chat.completion", "model": "gpt-4o",
            "choices": [{"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": finish}],
            "usage": {"prompt_tokens": 18, "completion_tokens": 24, "total_tokens": 42}}


def error(message, type_, code, who="ogem"):
    return {"error": {"message": message, "type": type_, "param": None, "code": code, "ogem": {"who": who}}}


class Request:
    def __init__(self, method, target, headers, body):
        self.method, self.target, self.headers, self.body = method, target, headers, body

    def json(self):
        return json.loads(self.body)


def read_request(reader):
    line = reader.readline().decode().split()
    if len(line) != 3:
        return None
    headers = {}
    while (text := reader.readline().decode().strip()):
        name, value = text.split(":", 1)
        headers[name.lower()] = value.strip()
    return Request(line[0], line[1], headers, reader.read(int(headers.get("content-length", 0))))


class FakeDaemon:
    def __init__(self, answers=None, path=None):
        self.answers = answers or {}
        self.requests = []
        self.gone = threading.Event()  # the client hung up while an answer was under way
        self.directory = None if path else tempfile.mkdtemp(prefix="ogem-cli-")
        self.path = path or os.path.join(self.directory, "s")
        self.listener = socket.socket(socket.AF_UNIX)
        self.listener.bind(self.path)
        self.listener.listen(16)
        self.thread = threading.Thread(target=self.serve, daemon=True)

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.close()

    def close(self):
        if os.path.exists(self.path):
            os.unlink(self.path)
        self.listener.close()
        if self.directory:
            shutil.rmtree(self.directory, ignore_errors=True)

    def serve(self):
        while True:
            try:
                peer, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.talk, args=(peer,), daemon=True).start()

    def talk(self, peer):
        with peer, peer.makefile("rb") as reader:
            request = read_request(reader)
            if request is None:
                return
            self.requests.append(request)
            found = self.answers.get(f"{request.method} {request.target}")
            if callable(found):
                found = found(request)
            if found is None:
                found = json_answer(error(f"no {request.target}", "not_found_error", "not_found"), 404)
            self.send(peer, found)

    def send(self, peer, pieces):
        for piece in pieces:
            if piece is HANG_UP:
                return
            if isinstance(piece, (int, float)):
                self.wait(peer, piece)
                continue
            try:
                peer.sendall(piece)
            except OSError:
                self.gone.set()
                return

    def wait(self, peer, seconds):
        """Waits, but notices at once when the client goes."""
        peer.settimeout(seconds)
        try:
            if peer.recv(1) == b"":
                self.gone.set()
        except TimeoutError:
            pass
        except OSError:
            self.gone.set()
        peer.settimeout(None)

    def asked(self, method, target):
        return [r for r in self.requests if (r.method, r.target) == (method, target)]


def wait_until(condition, seconds=5.0):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.005)
    return condition()
