"""OpenAI's official SDK for JavaScript and providers of every other dialect, through ogemd: it works, and no fault of
theirs makes it take a broken answer for a whole one (promise 1)."""
import sys
import unittest

import harness
import shapes
from harness import Fake
from sdk_test import SKIPPED, SdkTest, missing, sdk
from translation_test import PROTOCOLS, config, provider, start

NAMES = {protocol: f"p{index}" for index, protocol in enumerate(PROTOCOLS)}


class SdkTranslationTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.fake = cls.enterClassContext(Fake())
        cls.cases = [(protocol, index, shape) for protocol, (family, _) in PROTOCOLS.items()
                     for index, shape in enumerate(shapes.shapes_of(family))]
        providers = [provider(f"{NAMES[protocol]}-{index}", protocol, cls.fake, [f"fake-{shape.words}"])
                     for protocol, index, shape in cls.cases]
        providers += [provider(NAMES[protocol], protocol, cls.fake, [model])
                      for protocol, (_, model) in PROTOCOLS.items()]
        cls.ogemd = start(cls, cls.fake, config(*providers, more="routing: {max_attempts: 1}"))

    def sdk(self, *jobs):
        return sdk(self.ogemd.url, *jobs)

    def test_it_chats_and_streams(self):
        jobs = [{"do": do, "model": f"{NAMES[protocol]}/{model}"} for protocol, (_, model) in PROTOCOLS.items()
                for do in ("chat", "stream", "helper")]
        for job, result in zip(jobs, self.sdk(*jobs)):
            with self.subTest(job["model"], do=job["do"]):
                usual = shapes.USUAL_WHOLE if job["do"] == "chat" else shapes.USUAL_STREAM
                # The fake echoes in every dialect but OpenAI's own and Azure's.
                self.assertIn(result.get("said"), ("hello", usual), result)

    def test_it_embeds(self):
        jobs = [{"do": "embed", "model": f"{NAMES[protocol]}/{PROTOCOLS[protocol][1]}"}
                for protocol in ("gemini", "vertex", "azure")]
        for job, result in zip(jobs, self.sdk(*jobs)):
            with self.subTest(job["model"]):
                self.assertEqual(len(result["vectors"]), 2)

    def shapes(self, action):
        jobs = [{"do": action, "model": f"{NAMES[protocol]}-{index}/fake-{shape.words}"}
                for protocol, index, shape in self.cases]
        return zip(self.cases, self.sdk(*jobs))

    def test_no_shape_makes_it_take_a_truncated_stream_for_a_complete_one(self):
        for (protocol, _, shape), result in self.shapes("helper"):
            with self.subTest(shape.words, protocol=protocol):
                self.assertIn(SdkTest.verdict(result, shape.said or shapes.USUAL_STREAM),
                              SdkTest.expected(shape.streamed), result)

    def test_no_shape_makes_it_take_a_broken_answer_for_a_whole_one(self):
        for (protocol, _, shape), result in self.shapes("chat"):
            with self.subTest(shape.words, protocol=protocol):
                self.assertIn(SdkTest.verdict(result, shapes.USUAL_WHOLE), SdkTest.expected(shape.whole), result)


if __name__ == "__main__":
    if reason := missing():
        print(f"skipped: {reason}")
        sys.exit(SKIPPED)
    harness.main()
