"""The two programs together: ogem with the real ogemd beside it, on the built-in mock provider."""

import json
import os
import signal
import socket
import subprocess
import unittest
from pathlib import Path

from fake_daemon import wait_until
from support import Case


def processes_with(text):
    found = []
    for entry in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            if text.encode() in entry.read_bytes():
                found.append(int(entry.parent.name))
        except OSError:
            pass
    return found


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Both(Case):
    def setUp(self):
        super().setUp()
        del self.env["OGEM_SOCKET"]
        self.env["OGEM_STATE_DIR"] = self.home + "/state"
        self.env["OGEM_LISTEN"] = f"127.0.0.1:{free_port()}"

    def start_daemon(self):
        self.addCleanup(self.run_ogem, "daemon", "stop")
        self.check(self.run_ogem("daemon", "start"), 0, err="")

    def talk_in_every_form(self):
        self.check(self.run_ogem("chat", "-m", "mock/echo", "hello"), 0, "hello\n", "")
        self.check(self.run_ogem("chat", "-m", "mock/echo", text="hello"), 0, "hello\n", "")
        self.check(self.run_ogem("chat", "-m", "mock/echo", "say", text="hello"), 0, "say\n\nhello\n", "")
        self.check(self.run_ogem("chat", "-m", "mock/echo", "--no-stream", "hello"), 0, "hello\n", "")
        closed = subprocess.run(["sh", "-c", f'"{self.ogem}" chat -m mock/echo hello <&-'], env=self.env, cwd=self.home,
                                capture_output=True, timeout=30)
        self.assertEqual((closed.returncode, closed.stdout), (0, b"hello\n"), closed)
        self.check(self.run_ogem("chat", "-m", "mock/echo", "hello", "--get", "/ogem/route"), 0, "mock/mock/echo\n", "")
        self.assertIn("hello\n", self.on_terminal("chat", "-m", "mock/echo", "hello").out)

    def test_a_first_prompt_needs_no_daemon_and_leaves_none(self):
        self.talk_in_every_form()
        self.assertEqual(self.run_ogem("status").code, 3)
        self.assertEqual([name for name in os.listdir(self.home) if name.startswith("ogem-")], [])
        self.assertEqual(processes_with(self.home), [])

    def test_the_same_with_a_running_daemon(self):
        self.start_daemon()
        self.talk_in_every_form()
        self.assertEqual(processes_with("--private\0--socket\0" + self.home), [])

    def test_status_models_and_configuration(self):
        self.start_daemon()
        self.check(self.run_ogem("status", "-q"), 0, "", "")
        self.assertIn("mock/mock/echo\tok\t", self.run_ogem("status").out)
        self.assertIn("echo\t", self.run_ogem("models").out)
        self.assertIn("listen\t", self.run_ogem("config").out)
        self.assertRegex(self.run_ogem("--version").out, r"^ogem (\S+) .*daemon \1\n|^ogem (\S+) daemon \2\n")
        self.assertEqual(json.loads(self.run_ogem("api", "/health").out)["status"], "healthy")

    def test_failures_end_as_the_contract_says(self):
        for model, code in (("mock/error-429", 7), ("mock/error-503", 8), ("mock/error-401", 8), ("nosuch", 6), ("", 2)):
            ended = self.run_ogem("chat", "-m", model, "x")
            self.check(ended, code, "")
            self.assertTrue(ended.err.startswith("ogem: "), ended)

    def test_a_bad_configuration_is_5_wherever_it_is_met_promise_11(self):
        self.write("bad.yaml", "nonsense: 1\n")
        for words in (["--config", "bad.yaml", "chat", "-m", "mock/echo", "x"], ["config", "check", "bad.yaml"],
                      ["--config", "bad.yaml", "daemon", "start"]):
            ended = self.run_ogem(*words)
            self.check(ended, 5)
            self.assertIn("bad.yaml:1:1: error: ", ended.out + ended.err)

    def test_a_bad_reload_keeps_the_good_configuration_promise_11(self):
        self.env["CONFIG_SOURCE"] = self.home + "/c.yaml"
        self.write("c.yaml", "ping_interval: 0\n")
        self.start_daemon()
        self.write("c.yaml", "ping_interval: 10\n")
        self.check(self.run_ogem("daemon", "reload"), 5, "")
        self.check(self.run_ogem("chat", "-m", "mock/echo", "still here"), 0, "still here\n", "")
        self.write("c.yaml", "ping_interval: 5m\n")
        self.check(self.run_ogem("daemon", "reload"), 0)
        self.check(self.run_ogem("config", "--get", "/ping_interval/value"), 0, "5m\n", "")

    def test_a_private_daemon_dies_with_a_killed_command(self):
        process = self.start("api", "--direct", "/v1/chat/completions", "-H", "x-mock-delay: 60s", "-d",
                             '{"model":"mock/echo","messages":[{"role":"user","content":"x"}]}')
        mark = "--private\0--socket\0" + self.home
        self.assertTrue(wait_until(lambda: processes_with(mark), 10))
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=10)
        self.assertTrue(wait_until(lambda: not processes_with(mark), 10))


if __name__ == "__main__":
    unittest.main()
