"""The stdin rule: no pipe hangs a command silently, and none is ignored by mistake (cli.md 2.3)."""

import os
import socket
import subprocess
import time
import unittest

import fake_daemon as fake
from fake_daemon import DONE, FakeDaemon, delta, stream
from support import Case

SILENT = ("ogem: stdin is an open pipe that stayed silent for {}; use '-' to wait for it or -n to ignore it\n")


class Stdin(Case):
    def setUp(self):
        super().setUp()
        self.daemon = FakeDaemon({"POST /v1/chat/completions":
                                  lambda r: stream(delta(r.json()["messages"][-1]["content"]), delta(None, "stop"), DONE)})
        self.daemon.__enter__()
        self.addCleanup(self.daemon.close)
        self.use(self.daemon)

    def chat(self, *args, **options):
        return self.run_ogem("chat", "-m", "m", *args, **options)

    def open_pipe(self, wait=None):
        reading, writing = os.pipe()
        self.addCleanup(os.close, writing)
        self.addCleanup(os.close, reading)
        if wait:
            self.env["OGEM_STDIN_WAIT"] = wait
        return reading, writing

    def test_a_pipe_comes_after_the_prompt(self):
        self.check(self.chat("say", text="piped\n"), 0, "say\n\npiped\n", "")

    def test_a_pipe_alone_is_the_prompt(self):
        self.check(self.chat(text="piped\n"), 0, "piped\n", "")

    def test_a_file_is_read(self):
        with open(self.home + "/f", "w+") as file:
            file.write("from file")
            file.seek(0)
            self.check(self.chat("say", stdin=file), 0, "say\n\nfrom file\n", "")

    def test_an_empty_pipe_and_dev_null_add_nothing(self):
        self.check(self.chat("say", text=""), 0, "say\n", "")
        self.check(self.chat("say", stdin=subprocess.DEVNULL), 0, "say\n", "")

    def test_a_socket_is_read_like_a_pipe(self):
        ours, theirs = socket.socketpair()
        with ours, theirs:
            ours.sendall(b"sent")
            ours.shutdown(socket.SHUT_WR)
            self.check(self.chat("say", stdin=theirs), 0, "say\n\nsent\n", "")

    def test_closed_standard_input_is_ignored_and_not_a_file_opened_later(self):
        shell = subprocess.run(["sh", "-c", f'"{self.ogem}" chat -m m say <&-'], env=self.env, capture_output=True,
                               cwd=self.home, timeout=20)
        self.assertEqual((shell.returncode, shell.stdout), (0, b"say\n"), shell)

    def test_no_prompt_at_all_is_a_usage_error(self):
        for options in ({"text": ""}, {"stdin": subprocess.DEVNULL}):
            ended = self.chat(**options)
            self.check(ended, 2, "")
            self.assertTrue(ended.err.startswith("ogem: no prompt: say it"), ended)

    def test_a_pipe_that_stays_silent_beside_a_prompt_fails_after_its_time(self):
        reading, _ = self.open_pipe("200ms")
        self.check(self.chat("say", stdin=reading), 2, "", SILENT.format("200ms"))

    def test_ten_seconds_is_the_default_with_a_hint_after_one(self):
        reading, writing = self.open_pipe()
        start = time.monotonic()
        process = self.start("chat", "-m", "m", "say", stdin=reading)
        self.assertEqual(process.stderr.readline(), b"ogem: waiting for standard input (-n ignores it)\n")
        self.assertTrue(0.8 < time.monotonic() - start < 8)
        os.write(writing, b"late")
        process.kill()
        process.communicate()

    def test_after_the_first_byte_it_waits_for_the_end(self):
        reading, writing = os.pipe()
        self.env["OGEM_STDIN_WAIT"] = "300ms"
        process = self.start("chat", "-m", "m", "say", stdin=reading)
        os.close(reading)
        os.write(writing, b"a")
        time.sleep(0.6)
        os.write(writing, b"b")
        os.close(writing)
        out, err = process.communicate(timeout=10)
        self.assertEqual((process.returncode, out), (0, b"say\n\nab\n"), err)

    def test_a_dash_waits_without_limit_and_n_does_not_look(self):
        reading, writing = os.pipe()
        self.env["OGEM_STDIN_WAIT"] = "100ms"
        self.check(self.chat("-n", "say", stdin=reading), 0, "say\n", "")
        process = self.start("chat", "-q", "-m", "m", "say", "-", stdin=reading)
        time.sleep(0.4)
        os.write(writing, b"x")
        os.close(writing)
        os.close(reading)
        self.assertEqual(process.communicate(timeout=10), (b"say\n\nx\n", b""))

    def test_a_dash_and_n_contradict_each_other(self):
        self.check(self.chat("-n", "-", text="x"), 2, "", "ogem: '-' asks for standard input, -n forbids it\n")

    def test_a_wait_that_is_not_a_duration_is_refused(self):
        self.env["OGEM_STDIN_WAIT"] = "soon"
        ended = self.chat("say")
        self.check(ended, 2, "")
        self.assertIn("OGEM_STDIN_WAIT", ended.err)

    def test_input_that_is_not_text_is_refused(self):
        with open(self.home + "/f", "wb+") as file:
            file.write(b"\xff\xd8\xff")
            file.seek(0)
            self.check(self.chat("say", stdin=file), 2, "", "ogem: standard input is not UTF-8 text (byte 0)\n")

    def test_a_while_read_loop_keeps_its_input_with_n(self):
        loop = f'printf "a\\nb\\n" | while read x; do "{self.ogem}" chat -n -m m "$x"; done'
        ended = subprocess.run(["sh", "-c", loop], env=self.env, capture_output=True, cwd=self.home, timeout=20)
        self.assertEqual(ended.stdout, b"a\nb\n", ended)


if __name__ == "__main__":
    unittest.main()
