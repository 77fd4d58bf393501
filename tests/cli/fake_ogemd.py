#!/usr/bin/env python3
"""Stands in for ogemd in tests of how `ogem` starts and stops one. It writes its arguments to $FAKE_OGEMD_LOG, and
FAKE_OGEMD_FAILS=CODE:TEXT makes it refuse to start, FAKE_OGEMD_HANGS makes it silent."""

import os
import select
import signal
import sys

sys.path.insert(0, os.environ["FAKE_OGEMD_HOME"])
import fake_daemon as fake  # noqa: E402


def flag(name):
    return sys.argv[sys.argv.index(name) + 1] if name in sys.argv else None


def echo(request):
    text = request.json()["messages"][-1]["content"]
    if "FAKE_OGEMD_HANGS" in os.environ:
        note("asked")
        return [60]
    if request.json().get("stream"):
        return fake.stream(fake.delta(text), fake.delta(None, "stop"), fake.DONE)
    return fake.json_answer(fake.completion(text))


def note(text):
    if log := os.environ.get("FAKE_OGEMD_LOG"):
        with open(log, "a") as file:
            file.write(text + "\n")


def main():
    if "--check" in sys.argv:
        note(" ".join(sys.argv[1:]))
        as_json = flag("--check-format") == "json"
        print('{"ok":false,"errors":1}' if as_json else "x.yaml:1:1: error: bad [E100]\n1 error, 0 warnings")
        return 5
    if fails := os.environ.get("FAKE_OGEMD_FAILS"):
        code, text = fails.split(":", 1)
        print(text, file=sys.stderr)
        return int(code)
    note(" ".join(["started", str(os.getpid()), *sys.argv[1:]]))
    ends, tell_end = os.pipe()
    signal.signal(signal.SIGTERM, lambda *_: os.write(tell_end, b"x"))

    signal.signal(signal.SIGINT, lambda *_: note("interrupted"))

    def stop(_request):
        os.write(tell_end, b"x")
        return fake.json_answer({"ok": True})

    os.makedirs(os.path.dirname(flag("--socket")), mode=0o700, exist_ok=True)
    answers = {"POST /v1/chat/completions": echo, "POST /ogem/v1/stop": stop,
               "GET /v1/models": fake.json_answer({"object": "list", "data": [{"id": "gpt-4o", "owned_by": "openai"}]}),
               "GET /ogem/v1/status": fake.json_answer({"version": "9.9.9", "pid": os.getpid(), "uptime_s": 0,
                                                        "listen": ["127.0.0.1:8080"], "config": {"ok": True},
                                                        "endpoints": []})}
    with fake.FakeDaemon(answers, flag("--socket")):
        try:
            os.write(int(flag("--ready-fd")), b"1")
        except BrokenPipeError:  # whoever started us is gone already
            pass
        os.close(int(flag("--ready-fd")))
        watched = [ends] + ([int(flag("--exit-with-fd"))] if flag("--exit-with-fd") else [])
        select.select(watched, [], [])
    note("ended " + str(os.getpid()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
