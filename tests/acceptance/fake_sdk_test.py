"""The official SDKs speak to the fake provider itself, which proves the fake: what they send is taken, what it answers
they understand, and its refusals are errors to them."""
import json
import os
import pathlib
import subprocess
import sys
import unittest

import harness
import sdk_test
from harness import Fake

SAID = "Grüße an alle 世界 🙂"
WEATHER = {"city": "Zürich 世界", "days": 7}
MODELS = {"openai": "fake-echo", "azure": "fake-echo", "anthropic": "claude-sonnet-4-5",
          "vclaude": "claude-sonnet-4-5@20250929", "studio": "gemini-3-pro", "vertex": "gemini-3-pro"}
THINKERS = ("anthropic", "vclaude", "studio", "vertex")


def sdks(fake, *jobs):
    """The result of each job, as sdk/dialects.mjs describes."""
    told = json.dumps({"base_url": f"http://127.0.0.1:{fake.port}", "jobs": jobs})
    environment = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")}
    done = subprocess.run(["node", "dialects.mjs"], cwd=sdk_test.SDK, input=told, text=True, capture_output=True,
                          timeout=120 * harness.PATIENCE, env=environment)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def key_pair(folder):
    """A service account's private key, and the public one that verifies it."""
    private, public = pathlib.Path(folder) / "key.pem", pathlib.Path(folder) / "public.pem"
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run(["openssl", "genpkey", "-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048", "-out", private], **quiet)
    subprocess.run(["openssl", "pkey", "-in", private, "-pubout", "-out", public], **quiet)
    return private.read_text(), public.read_text()


class FakeSdkTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.fake = cls.enterClassContext(Fake())

    def setUp(self):
        self.fake.reset()

    def each(self, do, dialects=tuple(MODELS), **job):
        """One job in each dialect; yields its name and its result."""
        jobs = [{"dialect": name, "model": MODELS[name], "do": do, "say": SAID, **job} for name in dialects]
        for name, result in zip(dialects, sdks(self.fake, *jobs)):
            with self.subTest(name):
                self.assertNotIn("thrown", result, self.fake.refusals())
                yield name, result

    def test_they_chat_and_stream(self):
        for do in ("chat", "stream"):
            for name, result in self.each(do):
                self.assertEqual(result["said"], SAID)
                self.assertIn(result["finish"], ("stop", "end_turn", "STOP"))
        self.assertEqual(self.fake.refusals(), [])

    def test_tools_go_round(self):
        for name, result in self.each("tools", say="please call every tool"):
            calls = result["first"]["calls"]
            self.assertEqual([call["name"] for call in calls], ["get_weather", "get_time"])
            self.assertEqual([call["args"] for call in calls], [WEATHER, {"zone": "UTC"}])
            self.assertEqual(result["second"]["said"], "The tool said: result 0; result 1")

    def test_scripted_arguments_arrive_as_they_were(self):
        jobs = [{"dialect": name, "do": do, "model": "fake-tools=1", "say": "x", "tools": True}
                for name in MODELS for do in ("chat", "stream")]
        for job, result in zip(jobs, sdks(self.fake, *jobs)):
            with self.subTest(job["dialect"], do=job["do"]):
                args = result["calls"][0]["args"]
                self.assertEqual(args, {"city": "Zürich 世🙂", "count": 12, "deep": {"list": [1, 2.5, None, True]}})

    def test_thinking_goes_round_with_its_signature(self):
        for name, result in self.each("tools", THINKERS, say="please call a tool", thinking=True):
            self.assertEqual(result["first"]["thought"], "They said: please call a tool")
            self.assertEqual(result["second"]["said"], "The tool said: result 0")

    def test_thinking_that_is_forgotten_is_refused(self):
        jobs = [{"dialect": name, "do": "tools", "model": MODELS[name], "say": "call a tool", "thinking": True, "forget": True}
                for name in THINKERS]
        for name, result in zip(THINKERS, sdks(self.fake, *jobs)):
            with self.subTest(name):
                self.assertEqual(result["status"], 400)
                self.assertRegex(result["message"], "Expected `thinking`|missing a thought_signature")

    def test_they_embed(self):
        for name, result in self.each("embed", ("openai", "azure", "studio")):
            self.assertEqual(result["vectors"], [[0.5, -0.25, 1.5]] * 2)
        old, new = sdks(self.fake, {"dialect": "vertex", "do": "embed", "model": "text-embedding-005"},
                        {"dialect": "vertex", "do": "embed", "model": "gemini-embedding-2", "inputs": ["a"]})
        self.assertEqual((old["vectors"], new["vectors"]), ([[0.5, -0.25, 1.5]] * 2, [[0.5, -0.25, 1.5]]))

    def test_they_count_tokens(self):
        for name, result in self.each("count", THINKERS):
            self.assertEqual(result.get("input_tokens", result.get("totalTokens")), 9)

    def test_errors_are_errors_to_them(self):
        jobs = [{"dialect": name, "do": do, "model": f"fake-status={status}", "say": "x", "expected": status}
                for status in (400, 401, 403, 404, 429, 500, 503, 529) for name in MODELS for do in ("chat", "stream")]
        for job, result in zip(jobs, sdks(self.fake, *jobs)):
            with self.subTest(job["dialect"], do=job["do"], status=job["expected"]):
                self.assertEqual(result.get("status"), job["expected"], result)

    def test_an_error_in_the_middle_is_one_to_them(self):
        jobs = [{"dialect": name, "do": "stream", "model": "fake-error=2", "say": "x"} for name in MODELS]
        for job, result in zip(jobs, sdks(self.fake, *jobs)):
            with self.subTest(job["dialect"]):
                self.assertIn("the fake provider failed midway", result.get("message", ""), result)

    def test_unknown_fields_and_wrong_keys_are_refused(self):
        more = {"openai_only": 1}
        jobs = [{"dialect": name, "do": "chat", "model": MODELS[name], "say": "x", "more": more}
                for name in ("azure", "anthropic", "vclaude")]
        jobs += [{"dialect": name, "do": "chat", "model": "m", "say": "x", "secret": "invalid"} for name in ("azure", "anthropic", "studio")]
        results = sdks(self.fake, *jobs)
        self.assertEqual([result["status"] for result in results], [400, 400, 400, 401, 401, 400])

    def test_both_versions_of_anthropics_api_are_served(self):
        old, new = sdks(self.fake, *({"dialect": "anthropic", "do": "chat", "model": "claude-sonnet-4-5", "say": "x",
                                      "version": version, "more": {"temperature": 1}} for version in ("2023-06-01", "2026-10-21")))
        self.assertEqual(old["said"], "x")
        self.assertIn("temperature: Extra inputs are not permitted", new["message"])

    def test_a_service_accounts_assertion_is_verified(self):
        folder = self.enterContext(harness.tempfile.TemporaryDirectory())
        key, public = key_pair(folder)
        stranger, _ = key_pair(folder)
        self.fake.google(public_key=public)
        self.addCleanup(self.fake.google, public_key="")
        good, bad, revoked = sdks(self.fake, *({"dialect": "vertex", "do": "chat", "model": "gemini-2.5-pro", "say": "x", **job}
                                               for job in ({"key": key}, {"key": stranger}, {"refresh": "revoked"})))
        self.assertEqual(good.get("said"), "x", good)
        self.assertIn("invalid_grant", bad["message"] + revoked["message"])


if __name__ == "__main__":
    if reason := sdk_test.missing():
        print(f"skipped: {reason}")
        sys.exit(sdk_test.SKIPPED)
    harness.main()
