"""OpenAI's official SDK for JavaScript through ogemd: it works, and it is never fooled (promise 1)."""
import json
import os
import pathlib
import shutil
import subprocess
import sys
import unittest

import harness
import shapes
from harness import Fake, Ogemd, config, provider
from stream_truth_test import shape_providers

SDK = pathlib.Path(__file__).resolve().parent / "sdk"
SKIPPED = 77  # what ctest is told


def missing():
    """Why the SDK cannot be run here; None if it can."""
    if not shutil.which("node"):
        return "node is not installed (packaging/test.sh installs it)"
    if (SDK / "node_modules/@google/genai").is_dir():
        return None
    if not shutil.which("npm"):
        return "npm is not installed (packaging/test.sh installs it)"
    subprocess.run(["npm", "ci", "--no-audit", "--no-fund"], cwd=SDK, check=True, stdout=sys.stderr)
    return None


def sdk(url, *jobs):
    """The result of each job, as sdk/sdk.mjs describes."""
    told = json.dumps({"base_url": f"{url}/v1", "jobs": jobs})
    environment = {"PATH": os.environ["PATH"], "HOME": os.environ.get("HOME", "/")}
    done = subprocess.run(["node", "sdk.mjs"], cwd=SDK, input=told, text=True, capture_output=True, timeout=120,
                          env=environment)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


class SdkTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.fake = cls.enterClassContext(Fake())
        backup = cls.enterClassContext(Fake())
        providers = [*shape_providers(cls.fake), provider("fake", cls.fake, ["gpt"]),
                     provider("slow", cls.fake, ["fake-gap=10+events=10000"]), provider("backup", backup, ["good"])]
        cls.ogemd = cls.enterClassContext(Ogemd(config(*providers, more="routing: {max_attempts: 1}")))

    def test_it_chats_completes_and_embeds(self):
        chat, text, vectors = sdk(self.ogemd.url, {"do": "chat", "model": "gpt"}, {"do": "complete", "model": "gpt"},
                                  {"do": "embed", "model": "gpt"})
        self.assertEqual((chat["model"], chat["said"]), ("gpt", shapes.USUAL_WHOLE))
        self.assertEqual(chat["usage"]["total_tokens"], 21)
        self.assertEqual((text["model"], text["said"]), ("gpt", shapes.USUAL_WHOLE))
        self.assertEqual(vectors["vectors"], [[0.5, -0.25, 1.5]] * 2)

    def test_it_streams(self):
        plain, counted, helper = sdk(self.ogemd.url, {"do": "stream", "model": "fake/gpt"},
                                     {"do": "stream", "model": "gpt", "usage": True}, {"do": "helper", "model": "gpt"})
        self.assertEqual((plain["said"], plain["models"]), (shapes.USUAL_STREAM, ["fake/gpt"]))
        self.assertEqual(counted["usage"]["total_tokens"], 21)
        self.assertEqual((helper["said"], helper["model"]), (shapes.USUAL_STREAM, "gpt"))

    def test_it_lists_and_retrieves_models(self):
        listed, one, none = sdk(self.ogemd.url, {"do": "models"}, {"do": "model", "model": "gpt"},
                                {"do": "model", "model": "nowhere"})
        self.assertTrue(any(name.endswith("gpt") for name in listed["ids"]))
        self.assertEqual(one["object"], "model")
        self.assertEqual((none["thrown"], none["status"]), ("NotFoundError", 404))

    def test_no_shape_makes_it_take_a_truncated_stream_for_a_complete_one(self):
        for action in ("stream", "helper"):
            jobs = [{"do": action, "model": f"s{i}/fake-{shape.words}"} for i, shape in enumerate(shapes.SHAPES)]
            for shape, result in zip(shapes.SHAPES, sdk(self.ogemd.url, *jobs)):
                with self.subTest(shape.words, action=action):
                    self.assertIn(self.verdict(result, shape.said or shapes.USUAL_STREAM),
                                  self.expected(shape.streamed), result)

    def test_no_shape_makes_it_take_a_broken_answer_for_a_whole_one(self):
        jobs = [{"do": "chat", "model": f"s{i}/fake-{shape.words}"} for i, shape in enumerate(shapes.SHAPES)]
        for shape, result in zip(shapes.SHAPES, sdk(self.ogemd.url, *jobs)):
            with self.subTest(shape.words):
                self.assertIn(self.verdict(result, shapes.USUAL_WHOLE), self.expected(shape.whole), result)

    def test_a_second_provider_makes_every_early_fault_invisible(self):
        """Promise 2."""
        jobs = [{"do": "stream", "model": f"s{i}/fake-{shape.words},backup/good"}
                for i, shape in enumerate(shapes.SHAPES) if shape.rescued]
        for job, result in zip(jobs, sdk(self.ogemd.url, *jobs)):
            with self.subTest(job["model"]):
                self.assertEqual(result.get("said"), shapes.USUAL_STREAM, result)
                self.assertEqual(result["models"], ["backup/good"])

    def test_breaking_out_of_a_stream_ends_it_upstream(self):
        """Promise 3."""
        self.fake.reset()
        sdk(self.ogemd.url, {"do": "leave", "model": "slow/fake-gap=10+events=10000"})
        closed = harness.eventually(lambda: [entry for entry in self.fake.posts() if entry["closed_ms"]], 2)
        self.assertTrue(closed)

    def test_its_own_retries_stay_off_once_ours_are_spent(self):
        """Promise 6."""
        self.fake.reset()
        index = next(i for i, shape in enumerate(shapes.SHAPES) if shape.words == "status=500")
        sdk(self.ogemd.url, {"do": "chat", "model": f"s{index}/fake-status=500", "retries": 2})
        self.assertEqual(len(self.fake.posts()), 1)

    @staticmethod
    def verdict(result, said):
        if "thrown" in result:
            return "thrown"
        return shapes.COMPLETE if result["said"] == said else "SILENT: " + result["said"][:60]

    @staticmethod
    def expected(outcomes):
        return {shapes.COMPLETE if outcome == shapes.COMPLETE else "thrown" for outcome in outcomes}


if __name__ == "__main__":
    if reason := missing():
        print(f"skipped: {reason}")
        sys.exit(SKIPPED)
    harness.main()
