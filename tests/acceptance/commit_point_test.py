"""Promise 2: before the first meaningful event every failure falls back unseen; after it nothing is glued on."""
import unittest

import harness
import shapes
from harness import Fake, Ogemd, chat_bytes, config, in_parallel, provider
from stream_truth_test import QUICK, shape_providers


class CommitPointTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.fake = cls.enterClassContext(Fake())
        cls.backup = cls.enterClassContext(Fake())
        providers = [*shape_providers(cls.fake), provider("backup", cls.backup, ["good"])]
        cls.ogemd = cls.enterClassContext(Ogemd(config(*providers, more="routing: {max_attempts: 1}")))

    def setUp(self):
        self.backup.reset()

    def ask(self, chosen, stream):
        """Each chosen shape, with `backup/good` as second element of the chain."""
        def job(name):
            def run():
                with self.ogemd.connect() as connection:
                    connection.send(chat_bytes(f"{name},backup/good", stream))
                    return connection.answer()
            return run
        names = {shape: f"s{i}/fake-{shape.words}" for i, shape in enumerate(shapes.SHAPES)}
        return in_parallel([job(names[shape]) for shape in chosen])

    def check_rescue(self, shape, answer):
        self.assertEqual(answer.header("x-ogem-provider"), "backup")
        attempts = answer.header("x-ogem-attempts").split(",")
        self.assertEqual(len(attempts), 2, attempts)
        self.assertRegex(attempts[0].strip(), r"^s\d+/s\d+=[^;]+;[\d.]+$")
        self.assertRegex(attempts[1].strip(), r"^backup/backup=200;[\d.]+$")

    def test_a_stream_that_said_nothing_yet_is_answered_by_the_next(self):
        chosen = [shape for shape in shapes.SHAPES if shape.rescued]
        for shape, answer in zip(chosen, self.ask(chosen, stream=True)):
            with self.subTest(shape.words):
                self.assertEqual(shapes.outcome_of_stream(answer), shapes.COMPLETE)
                self.assertEqual(answer.said(), shapes.USUAL_STREAM)
                self.check_rescue(shape, answer)

    def test_a_whole_answer_that_failed_is_answered_by_the_next(self):
        chosen = [shape for shape in shapes.SHAPES if shape.whole == (shapes.ERROR,)]
        for shape, answer in zip(chosen, self.ask(chosen, stream=False)):
            with self.subTest(shape.words):
                self.assertEqual(shapes.outcome_of_whole(answer), shapes.COMPLETE)
                self.assertEqual(answer.json()["model"], "backup/good")
                self.check_rescue(shape, answer)

    def test_after_the_first_words_nobody_else_is_asked(self):
        chosen = [shape for shape in shapes.SHAPES if shape.streamed == (shapes.TOLD,)]
        for shape, answer in zip(chosen, self.ask(chosen, stream=True)):
            with self.subTest(shape.words):
                self.assertEqual(shapes.outcome_of_stream(answer), shapes.TOLD)
        self.assertEqual(self.backup.posts(), [])

    def test_comments_and_a_bare_role_commit_nothing(self):
        """Promises C and 2: nothing that carries no words may bind us to an endpoint."""
        head = "HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\nconnection: close\r\n\r\n"
        comments = [{"send": ": ping\n\n", "wait": 30}] * 5
        role = {"choices": [{"index": 0, "delta": {"role": "assistant", "content": ""}}]}
        said = [{"send": f"data: {harness.json.dumps(role)}\n\n", "wait": 30}]
        for before in (comments, said, comments + said):
            self.fake.script("fake-html", {"raw": [{"send": head}, *before, {"end": "fin"}]})
            chosen = [shape for shape in shapes.SHAPES if shape.words == "html"]
            answer = self.ask(chosen, stream=True)[0]
            self.assertEqual(shapes.outcome_of_stream(answer), shapes.COMPLETE)
            self.check_rescue(chosen[0], answer)
        self.fake.reset()

    def test_no_request_reaches_the_second_when_the_first_answers(self):
        chosen = [shape for shape in shapes.SHAPES if shape.words in ("stall=100", "crlf", "drip=7")]
        for answer in self.ask(chosen, stream=True):
            self.assertEqual(shapes.outcome_of_stream(answer), shapes.COMPLETE)
        self.assertEqual(self.backup.posts(), [])


if __name__ == "__main__":
    harness.main()
