"""ogem daemon, and the private daemon of a command that finds none."""

import os
import signal
import unittest
from pathlib import Path

from fake_daemon import FakeDaemon, HANG_UP, json_answer, wait_until
from support import Case, is_alive


class Private(Case):
    """A daemon for one command: --direct, --config, or nobody there."""

    def setUp(self):
        super().setUp()
        self.with_fake_ogemd()

    def started(self):
        return [call.split() for call in self.calls() if call.startswith("started")]

    def test_without_a_daemon_the_command_brings_its_own_and_takes_it_away(self):
        self.check(self.run_ogem("chat", "-m", "mock/echo", "hello"), 0, "hello\n", "")
        (_, pid, *flags), = self.started()
        self.assertEqual(flags[0:1] + flags[3:5], ["--private", "--listen", "none"])
        self.assertIn("ended " + pid, self.calls())
        self.assertFalse(is_alive(int(pid)))
        self.assertEqual([name for name in os.listdir(self.home) if name.startswith("ogem-")], [])

    def test_direct_leaves_a_running_daemon_alone(self):
        with FakeDaemon() as daemon:
            self.use(daemon)
            self.check(self.run_ogem("chat", "--direct", "-m", "mock/echo", "hello"), 0, "hello\n", "")
            self.assertEqual(daemon.requests, [])

    def test_a_configuration_by_flag_implies_it_and_reaches_it(self):
        with FakeDaemon() as daemon:
            self.use(daemon)
            self.check(self.run_ogem("--config", "c.yaml", "chat", "-m", "m", "hi"), 0, "hi\n", "")
            self.assertEqual(daemon.requests, [])
        self.assertIn("--config c.yaml", self.calls()[0])
        self.check(self.run_ogem("--config", "c.yaml", "chat", "--daemon", "-m", "m", "hi"), 2, "")

    def test_its_directory_is_ours_alone(self):
        self.env["FAKE_OGEMD_HANGS"] = "1"
        process = self.start("chat", "-m", "m", "hi")
        self.assertTrue(wait_until(lambda: len(self.started()) == 1, 10))
        directory = Path(self.started()[0][4]).parent
        self.assertEqual((directory.parent, directory.stat().st_mode & 0o777), (Path(self.home), 0o700))
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=10)
        self.assertEqual((process.returncode, directory.exists()), (143, False))

    def test_a_bad_configuration_is_5_with_the_daemons_own_words(self):
        self.env["FAKE_OGEMD_FAILS"] = "5:c.yaml:1:1: error: unknown key 'rmp' [E101]"
        self.check(self.run_ogem("chat", "-m", "m", "hi"), 5, "",
                   "ogem: ogemd did not start: c.yaml:1:1: error: unknown key 'rmp' [E101]\n")

    def test_another_failure_to_start_is_1(self):
        self.env["FAKE_OGEMD_FAILS"] = "1:ogemd: cannot write its state"
        self.check(self.run_ogem("chat", "-m", "m", "hi"), 1, "", "ogem: ogemd did not start: ogemd: cannot write its state\n")

    def test_it_ends_even_when_the_command_is_killed(self):
        self.env["FAKE_OGEMD_HANGS"] = "1"
        process = self.start("chat", "-m", "m", "hi")
        self.assertTrue(wait_until(lambda: len(self.started()) == 1, 10))
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=10)
        pid = self.started()[0][1]
        self.assertTrue(wait_until(lambda: "ended " + pid in self.calls(), 10), self.calls())

    def test_ctrl_c_reaches_the_command_alone_and_takes_the_daemon_along(self):
        self.env["FAKE_OGEMD_HANGS"] = "1"
        process = self.start("chat", "-m", "m", "hi", start_new_session=True)
        self.assertTrue(wait_until(lambda: "asked" in self.calls(), 10))
        os.killpg(process.pid, signal.SIGINT)
        process.communicate(timeout=10)
        self.assertEqual(process.returncode, 130)
        self.assertNotIn("interrupted", self.calls())
        self.assertFalse(is_alive(int(self.started()[0][1])))


class Daemon(Case):
    def setUp(self):
        super().setUp()
        self.with_fake_ogemd()
        self.addCleanup(self.kill_all)

    def kill_all(self):
        for call in self.calls():
            word, pid = call.split()[:2]
            if word == "started" and f"ended {pid}" not in self.calls() and is_alive(int(pid)):
                os.kill(int(pid), signal.SIGTERM)

    def test_it_starts_shows_restarts_and_stops(self):
        line = "ogemd 9.9.9, up 0s, http 127.0.0.1:8080, config ok, 0 routes\n"
        self.check(self.run_ogem("daemon", "start"), 0, line, "")
        self.check(self.run_ogem("daemon"), 0, line, "")
        self.check(self.run_ogem("daemon", "start"), 0, line,
                   "ogem: the daemon is running already (ogem daemon restart starts it anew)\n")
        self.assertEqual(len(self.calls()), 1)
        self.assertNotIn("--exit-with-fd", self.calls()[0])
        self.check(self.run_ogem("daemon", "restart"), 0, line, "")
        self.assertEqual([call.split()[0] for call in self.calls()], ["started", "ended", "started"])
        self.check(self.run_ogem("daemon", "stop"), 0, "", "")
        self.check(self.run_ogem("daemon", "stop"), 0, "", "ogem: no daemon is running\n")
        self.check(self.run_ogem("daemon"), 3, "")

    def test_its_words_go_to_a_log_in_the_state_directory(self):
        self.env["OGEM_STATE_DIR"] = self.home + "/state"
        self.env["FAKE_OGEMD_FAILS"] = "1:ogemd: the port is taken"
        self.check(self.run_ogem("daemon", "start"), 1, "", "ogem: ogemd did not start: ogemd: the port is taken\n")
        self.assertEqual(Path(self.home + "/state/ogemd.log").read_text(), "ogemd: the port is taken\n")

    def test_a_configuration_by_flag_reaches_it(self):
        self.check(self.run_ogem("--config", "c.yaml", "daemon", "start"))
        self.assertIn("--config c.yaml", self.calls()[0])

    def test_reload_tells_what_was_wrong_and_ends_with_5(self):
        wrong = {"severity": "error", "code": "E101", "file": "c.yaml", "line": 14, "column": 13, "message": "unknown key 'rmp'"}
        reply = json_answer({"ok": False, "errors": 1, "warnings": 0, "diagnostics": [wrong]}, 422)
        with FakeDaemon({"POST /ogem/v1/reload": reply}) as daemon:
            self.use(daemon)
            self.check(self.run_ogem("daemon", "reload"), 5, "",
                       "c.yaml:14:13: error: unknown key 'rmp' [E101]\n"
                       "ogem: the configuration has errors; the one before stays in force\n")

    def test_reload_succeeds_quietly_and_needs_a_daemon(self):
        with FakeDaemon({"POST /ogem/v1/reload": json_answer({"ok": True, "diagnostics": []})}) as daemon:
            self.use(daemon)
            self.check(self.run_ogem("daemon", "reload"), 0, "", "")
        self.env["OGEM_SOCKET"] = self.home + "/none.sock"
        self.check(self.run_ogem("daemon", "reload"), 3, "")

    def test_a_daemon_that_dies_without_an_answer_was_not_reached(self):
        with FakeDaemon({"GET /ogem/v1/status": [HANG_UP]}) as daemon:
            self.use(daemon)
            self.check(self.run_ogem("daemon"), 3, "", "ogem: the daemon hung up without an answer\n")


if __name__ == "__main__":
    unittest.main()
