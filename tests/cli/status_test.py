"""ogem status and ogem models: tables for eyes and for programs."""

import json
import time
import unittest

from fake_daemon import FakeDaemon, json_answer
from support import Case


def route(name, state, ttft=None, p50=None, p95=None, rpm=(0, 0), tpm=(0, 0), errors=0.0, note=""):
    return {"route": name, "state": state, "ttft_ms": ttft, "p50_ms": p50, "p95_ms": p95,
            "rpm": {"used": rpm[0], "limit": rpm[1]}, "tpm": {"used": tpm[0], "limit": tpm[1]},
            "errors_5m": errors, "in_flight": 0, "requests": 1, "note": note}


def status(*endpoints):
    return {"version": "0.3.0", "pid": 7, "uptime_s": 273600, "listen": ["127.0.0.1:8080"], "socket": "/s", "workers": 1,
            "config": {"source": "", "loaded_at": int(time.time()) - 7200, "ok": True}, "endpoints": list(endpoints)}


SAMPLE = status(
    route("openai/openai/gpt-4o", "ok", 310, 412, 1900, (212, 10000), (88000, 1000000)),
    route("claude/claude/claude-3-5-sonnet", "ok", 388, 655, 2400, (14, 50), (9000, 40000)),
    route("vertex/us-central1/gemini-1.5-pro", "limited", 290, 380, 1100, (60, 60), (1200000, 4000000), note="free in 41s"),
    route("vertex/europe-west4/gemini-1.5-pro", "down", rpm=(0, 60), tpm=(0, 4000000), errors=1.0,
          note="http 503, retry in 12s"))

MODELS = {"object": "list", "data": [
    {"id": "gpt-4o", "owned_by": "openai",
     "ogem": {"aliases": ["fast"], "routes": ["openai/openai/gpt-4o", "azure/eastus/gpt-4o"],
              "price": {"input": 2.5, "output": 10}, "context": 128000, "can": ["tools", "vision", "json", "stream"]}},
    {"id": "gpt-4o@batch", "owned_by": "openai",
     "ogem": {"aliases": [], "routes": ["openai/openai/gpt-4o"], "price": {"input": 1.25, "output": 5},
              "context": 128000, "can": ["batch"]}},
    {"id": "gemini-1.5-pro", "owned_by": "vertex"}]}


class Status(Case):
    def with_status(self, value):
        daemon = FakeDaemon({"GET /ogem/v1/status": json_answer(value)})
        daemon.__enter__()
        self.addCleanup(daemon.close)
        self.use(daemon)

    def test_piped_it_is_tabs_and_numbers_in_full(self):
        self.with_status(SAMPLE)
        ended = self.run_ogem("status")
        self.check(ended, 0, err="")
        self.golden("status.tsv", ended.out)

    def test_on_a_terminal_it_is_a_summary_and_columns(self):
        self.with_status(SAMPLE)
        ended = self.on_terminal("status")
        self.check(ended)
        self.golden("status.txt", ended.out)

    def test_json_is_the_daemons_own(self):
        self.with_status(SAMPLE)
        self.assertEqual(json.loads(self.run_ogem("status", "--json").out), SAMPLE)
        self.check(self.run_ogem("--get", "/endpoints/3/state", "status"), 0, "down\n", "")

    def test_quiet_only_ends(self):
        self.with_status(SAMPLE)
        self.check(self.run_ogem("status", "-q"), 0, "", "")

    def test_all_routes_down_is_8_and_routes_without_a_key_do_not_count(self):
        self.with_status(status(route("a/a/m", "down"), route("b/b/m", "unconfigured")))
        self.check(self.run_ogem("status", "-q"), 8, "", "ogem: every route is down\n")

    def test_without_a_daemon_it_is_3_and_says_what_to_do(self):
        self.check(self.run_ogem("status"), 3, "", "ogem: no daemon is running (nobody listens at "
                   f"{self.home}/none.sock); start it: ogem daemon start\n")
        self.assertEqual(self.run_ogem("status", "-q").code, 3)

    def test_it_waits_for_a_daemon_to_come(self):
        path = self.home + "/late.sock"
        self.env["OGEM_SOCKET"] = path
        process = self.start("status", "-q", "--wait")
        time.sleep(0.3)
        self.assertIsNone(process.poll())
        with FakeDaemon({"GET /ogem/v1/status": json_answer(SAMPLE)}, path):
            process.communicate(timeout=10)
        self.assertEqual(process.returncode, 0)

    def test_it_waits_no_longer_than_it_may(self):
        start = time.monotonic()
        self.check(self.run_ogem("status", "--wait", "--for", "300ms"), 9, "")
        self.assertLess(time.monotonic() - start, 5)

    def test_a_daemon_that_says_less_or_other_things_than_we_know_is_shown_all_the_same(self):
        self.with_status({"version": 3, "endpoints": [{"route": "a/a/m", "rpm": "x", "errors_5m": None, "new": [1]}, 7]})
        self.check(self.run_ogem("status"), 0, err="")
        self.check(self.on_terminal("status"), 0)


class Models(Case):
    def setUp(self):
        super().setUp()
        daemon = FakeDaemon({"GET /v1/models": json_answer(MODELS)})
        daemon.__enter__()
        self.addCleanup(daemon.close)
        self.use(daemon)

    def test_piped_it_is_one_model_a_line(self):
        ended = self.run_ogem("models")
        self.check(ended, 0, err="")
        self.golden("models.tsv", ended.out)

    def test_on_a_terminal_it_is_columns(self):
        ended = self.on_terminal("models", "gpt-4o")
        self.check(ended)
        self.golden("models.txt", ended.out)

    def test_a_pattern_is_a_part_of_a_name_or_alias_or_a_glob(self):
        for pattern, wanted in [("GEMINI", ["gemini-1.5-pro"]), ("fast", ["gpt-4o"]), ("gpt*", ["gpt-4o", "gpt-4o@batch"]),
                                ("gpt-4?", ["gpt-4o"]), ("*pro", ["gemini-1.5-pro"])]:
            ended = self.run_ogem("models", pattern, "--json")
            self.assertEqual([model["id"] for model in json.loads(ended.out)], wanted, pattern)

    def test_nothing_found_is_6(self):
        self.check(self.run_ogem("models", "llama"), 6, "", "ogem: no model matches 'llama'; ogem models lists all\n")

    def test_get_names_one_value(self):
        self.check(self.run_ogem("models", "--get", "/0/id"), 0, "gpt-4o\n", "")


if __name__ == "__main__":
    unittest.main()
