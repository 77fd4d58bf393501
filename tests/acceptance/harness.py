"""Starts `ogemd` and `fake_provider` for acceptance tests, on free ports of 127.0.0.1, in folders of their own.

    with Fake() as fake, Ogemd(one_provider(fake)) as ogemd:
        answer = ogemd.chat("fake/gpt")

The programs are found through the variables OGEMD and FAKE_PROVIDER, which ctest sets; else in build/dev/bin.
Tests of one file run in one process; ctest runs the files.
"""
import json
import os
import pathlib
import signal
import socket
import subprocess
import tempfile
import threading
import time
import unittest

import wire

ROOT = pathlib.Path(__file__).resolve().parents[2]
OGEMD = os.environ.get("OGEMD", str(ROOT / "build/dev/bin/ogemd"))
OGEM = os.environ.get("OGEM", str(ROOT / "build/dev/bin/ogem"))
FAKE_PROVIDER = os.environ.get("FAKE_PROVIDER", str(ROOT / "build/dev/bin/fake_provider"))
# Sanitizers and debug builds are slow: bounds in seconds are stretched by this.
PATIENCE = float(os.environ.get("OGEM_TEST_PATIENCE", "1"))


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def eventually(check, seconds=5.0):
    """The first true value of `check()`, asked again until `seconds` have passed; else its last value."""
    deadline = time.monotonic() + seconds * PATIENCE
    while not (value := check()) and time.monotonic() < deadline:
        time.sleep(0.005)
    return value


class Fake:
    """A fake provider. tests/support/fake_provider/README.md says what it can be told."""

    def __init__(self, *flags):
        self.process = subprocess.Popen([FAKE_PROVIDER, *flags], stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline().rsplit(":", 1)[1])
        self.address = ("127.0.0.1", self.port)
        self.scheme = "https" if "--tls" in flags else "http"
        self.url = f"{self.scheme}://127.0.0.1:{self.port}/v1"

    def __enter__(self):
        return self

    def __exit__(self, *_):
        ended = self.process.poll()
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()
        if ended is not None:
            raise AssertionError(f"fake_provider ended by itself with {ended}")

    def call(self, method, path, body=b""):
        with wire.Connection(self.address) as connection:
            connection.send(wire.request_bytes(method, path, body))
            answer = connection.answer()
        assert answer.status == 200, answer.text
        return answer.json()

    def script(self, model, *steps):
        """One step for each request to `model`, the last for all that follow."""
        self.call("POST", "/_fake/script", wire.json_bytes({"model": model, "steps": steps}))

    def reset(self):
        self.call("POST", "/_fake/reset")

    def log(self):
        return self.call("GET", "/_fake/log")["requests"]

    def posts(self):
        """The logged requests that would have cost money."""
        return [entry for entry in self.log() if entry["method"] == "POST"]

    def refusals(self):
        """What was wrong with requests, in the words of the provider that refused them."""
        return [entry["refused"] for entry in self.log() if entry["refused"]]

    def google(self, **settings):
        """public_key=PEM: assertions must be signed by it; revoke=True: forgets all tokens."""
        self.call("POST", "/_fake/google", wire.json_bytes(settings))

    def connections(self):
        return self.call("GET", "/_fake/connections")


class Ogemd:
    """A daemon. `env` is all it sees of the environment beside PATH and its own folders."""

    def __init__(self, config="", env=None, flags=(), folder=None, listen=True, wait=True):
        self.temporary = None if folder else tempfile.TemporaryDirectory(prefix="ogem-test-")
        self.folder = pathlib.Path(folder or self.temporary.name)
        self.config_path = self.folder / "test-config.yaml"
        if config:
            self.configure(config)
        self.port = free_port()
        self.address = ("127.0.0.1", self.port)
        self.url = f"http://127.0.0.1:{self.port}"
        self.socket = str(self.folder / "ogemd.sock")
        self.log_path = self.folder / "stderr.txt"
        self.end_expected = False
        self.start(env or {}, flags, bool(config), listen)
        if wait:
            self.wait_until_ready()

    def start(self, env, flags, has_config, listen):
        self.notices = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)  # as systemd listens for readiness
        notify_path = str(self.folder / "notify.sock")
        pathlib.Path(notify_path).unlink(missing_ok=True)
        self.notices.bind(notify_path)
        command = [OGEMD, "--socket", self.socket, "--state-dir", str(self.folder / "state"),
                   "--log-level", "debug"]
        command += ["--config", str(self.config_path)] if has_config else []
        command += ["--listen", f"127.0.0.1:{self.port}"] if listen else []
        home = {name: str(self.folder) for name in ("HOME", "XDG_RUNTIME_DIR", "XDG_STATE_HOME",
                                                    "XDG_CONFIG_HOME")}
        with open(self.log_path, "ab") as log:
            self.process = subprocess.Popen(
                command + list(flags), stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                cwd=self.folder, env={"PATH": os.environ["PATH"], "NOTIFY_SOCKET": notify_path, **home, **env,
                                      **sanitizer_options()})
        self.pid = self.process.pid

    def wait_until_ready(self, seconds=10.0):
        deadline = time.monotonic() + seconds * PATIENCE
        self.notices.settimeout(0.05)
        while self.process.poll() is None and time.monotonic() < deadline:
            try:
                if b"READY=1" in self.notices.recv(4096):
                    return
            except TimeoutError:
                pass
        code = self.kill()
        raise AssertionError(f"ogemd did not become ready (exit {code}):\n{self.log()}")

    def __enter__(self):
        return self

    def __exit__(self, kind, *_):
        code = self.process.poll()
        if code is None:
            self.kill()
        self.notices.close()
        log = self.log()
        if self.temporary:
            self.temporary.cleanup()
        if kind is None and code is not None and not self.end_expected:
            raise AssertionError(f"ogemd ended by itself with {code}:\n{log[-4000:]}")

    def configure(self, config):
        """Writes the configuration anew; `reload` makes the daemon read it."""
        self.config_path.write_text(config)

    def reload(self):
        self.process.send_signal(signal.SIGHUP)

    def signal(self, number):
        """The daemon is meant to end of it: ended() tells how."""
        self.end_expected = True
        self.process.send_signal(number)

    def ended(self, seconds=10.0):
        """Waits for an end that is expected; the exit code."""
        self.end_expected = True
        return self.process.wait(seconds * PATIENCE)

    def stop(self):
        self.signal(signal.SIGTERM)
        return self.ended()

    def kill(self):
        self.signal(signal.SIGKILL)
        return self.ended()

    def log(self):
        return self.log_path.read_text(errors="replace") if self.log_path.exists() else ""

    # Requests.  Each returns a wire.Answer.

    def connect(self, unix=False):
        return wire.Connection(self.socket if unix else self.address)

    def call(self, method, path, body=b"", headers=(), unix=False):
        with self.connect(unix) as connection:
            connection.send(wire.request_bytes(method, path, body, headers))
            return connection.answer(method)

    def get(self, path, headers=(), unix=False):
        return self.call("GET", path, headers=headers, unix=unix)

    def post(self, path, value, headers=()):
        body = value if isinstance(value, bytes) else wire.json_bytes(value)
        return self.call("POST", path, body, [("content-type", "application/json"), *headers])

    def chat(self, model, stream=False, headers=(), **more):
        return self.post("/v1/chat/completions", chat_body(model, stream, **more), headers)


def chat_body(model, stream=False, **more):
    messages = [{"role": "user", "content": "hello"}]
    return {"model": model, "messages": messages, **({"stream": True} if stream else {}), **more}


def chat_bytes(model, stream=False, headers=(), **more):
    """A whole chat request, for tests that send it in their own way."""
    return wire.request_bytes("POST", "/v1/chat/completions", wire.json_bytes(chat_body(model, stream, **more)),
                              [("content-type", "application/json"), *headers])


def provider(name, fake, models, more=""):
    """The YAML of a custom provider with these models; `more` are lines of it, not indented."""
    names = ", ".join(f"{{name: {json.dumps(model)}}}" for model in models)
    extra = "".join(f"    {line}\n" for line in more.splitlines())
    return (f"  {name}:\n    base_url: {fake.url}\n    protocol: openai\n{extra}"
            f"    regions: {{{name}: {{models: [{names}]}}}}\n")


def config(*providers, more=""):
    """A whole configuration: top-level lines `more`, then the providers."""
    return f"ping_interval: 0\n{more}\nproviders:\n{''.join(providers)}"


def one_provider(fake, models=("gpt",), more=""):
    return config(provider("fake", fake, models), more=more)


def sanitizer_options():
    return {name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")}


def in_parallel(jobs, workers=8):
    """Runs callables on threads; returns their results in order, or raises the first failure."""
    jobs, results, failures = list(enumerate(jobs)), {}, []

    def work():
        while jobs:
            try:
                index, job = jobs.pop()
            except IndexError:
                return
            try:
                results[index] = job()
            except BaseException as failure:  # handed to the caller below
                failures.append(failure)

    threads = [threading.Thread(target=work) for _ in range(workers)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if failures:
        raise failures[0]
    return [results[index] for index in sorted(results)]


def main():
    unittest.main(verbosity=2)
