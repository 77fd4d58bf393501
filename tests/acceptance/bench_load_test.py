"""The bench's load generator counts what it should: figures are only as good as it is."""
import json
import subprocess
import unittest

import harness
from harness import Fake

LOAD = harness.os.environ.get("BENCH_LOAD", str(harness.ROOT / "build/dev/bin/bench_load"))


def body(model, stream=False):
    return harness.wire.json_bytes(harness.chat_body(model, stream)).decode()


class BenchLoadTest(unittest.TestCase):
    def setUp(self):
        self.fake = self.enterContext(Fake())

    def rate(self, model):
        command = [LOAD, "rate", str(self.fake.port), body(model), "200", "1", "8"]
        return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)

    def test_a_constant_rate_sends_every_request(self):
        result = self.rate("gpt")
        self.assertEqual((result["requests"], result["errors"]), (200, 0))
        self.assertLessEqual(result["p50_us"], result["p99_us"])
        self.assertEqual(len(self.fake.posts()), 200)

    def test_latency_counts_from_when_a_request_was_due(self):
        """8 connections, 200 a second, 100 ms each: more than can be done, so waiting must show."""
        result = self.rate("fake-head-delay=100")
        self.assertEqual(result["errors"], 0)
        self.assertGreater(result["max_us"], 500_000)

    def test_failures_are_counted(self):
        self.assertEqual(self.rate("fake-status=500")["errors"], 200)

    def test_events_of_open_streams_are_counted(self):
        command = [LOAD, "streams", str(self.fake.port), body("fake-gap=200+events=3+head-delay=100", True), "20"]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
            self.assertEqual(process.stdout.readline(), "ready\n")

            def counted():
                process.stdin.write("\n")
                process.stdin.flush()
                return json.loads(process.stdout.readline())
            # A role, three texts, a finish and [DONE]; the first of each stream at least came before "ready".
            harness.eventually(lambda: counted()["events"] >= 20 * 5, 2)
            self.assertIn(counted()["events"], range(20 * 3, 20 * 5 + 1))
            self.assertEqual(counted()["open"], 20)
            process.stdin.close()

    def test_streams_that_do_not_start_are_a_failure_and_not_a_figure(self):
        for words in ("status=503", "close-after-head"):
            command = [LOAD, "streams", str(self.fake.port), body(f"fake-{words}", True), "5"]
            done = subprocess.run(command, capture_output=True, text=True)
            self.assertEqual(done.returncode, 1)
            self.assertIn("did not start", done.stderr)


if __name__ == "__main__":
    harness.main()
