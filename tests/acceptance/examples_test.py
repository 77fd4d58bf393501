"""Each example configuration of the predecessors starts a daemon (issue "Must show")."""
import glob
import unittest

import harness
from harness import ROOT, Ogemd

EXAMPLES = sorted(glob.glob(str(ROOT / "tests/fixtures/config/seed_*.yaml")))
# Nothing may leave this machine: the proxy is a port where nobody listens.
NOWHERE = {"HTTPS_PROXY": "http://127.0.0.1:9", "HTTP_PROXY": "http://127.0.0.1:9", "NO_PROXY": ""}


class ExamplesTest(unittest.TestCase):
    def test_there_are_examples(self):
        self.assertTrue(EXAMPLES)

    def test_each_example_starts_and_lists_its_models(self):
        for path in EXAMPLES:
            with self.subTest(path):
                env = {"CONFIG_SOURCE": path, "VALKEY_ENDPOINT": "", "OPEN_GEMINI_API_KEY": "sk-test", **NOWHERE}
                with Ogemd(env=env) as ogemd:
                    models = ogemd.get("/v1/models", unix=True)
                    self.assertEqual(models.status, 200)
                    self.assertTrue(models.json()["data"])
                    self.assertEqual(ogemd.get("/healthz").status, 200)


if __name__ == "__main__":
    harness.main()
