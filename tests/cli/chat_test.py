"""ogem chat: what is sent, what is shown, how it ends."""

import json
import signal
import unittest

import fake_daemon as fake
from fake_daemon import DONE, FakeDaemon, HANG_UP, delta, json_answer, stream
from support import Case

CHAT = "POST /v1/chat/completions"
ANSWER = stream(delta("It returns "), delta("the pid."), delta(None, "stop"), fake.USAGE, DONE)


class Sent(Case):
    def body(self, *args, **options):
        with FakeDaemon({CHAT: lambda r: ANSWER if r.json().get("stream") else json_answer(fake.completion("x"))}) as daemon:
            self.use(daemon)
            ended = self.run_ogem("chat", *args, **options)
            self.check(ended)
            return daemon.requests[-1].json()

    def test_the_words_of_the_prompt_are_one_message(self):
        self.assertEqual(self.body("-m", "gpt-4o", "why", "is it", "so?"),
                         {"model": "gpt-4o", "messages": [{"role": "user", "content": "why is it so?"}], "stream": True})

    def test_system_message_and_options_are_sent_json_where_it_can_be_read_as_such(self):
        body = self.body("-m", "m", "-s", "be brief", "-o", "temperature=0", "-o", "stop=[\"a\"]", "-o", "user=ada",
                         "-o", "seed=1", "-o", "seed=2", "hi")
        self.assertEqual(body["messages"][0], {"role": "system", "content": "be brief"})
        self.assertEqual([body[k] for k in ("temperature", "stop", "user", "seed")], [0, ["a"], "ada", 2])

    def test_a_system_message_can_come_from_a_file(self):
        self.write("s.txt", "be brief\n")
        self.assertEqual(self.body("-m", "m", "-s", "@s.txt", "hi")["messages"][0]["content"], "be brief")

    def test_files_are_fenced_with_their_name_by_a_fence_that_holds(self):
        self.write("a.md", "```\nx\n```\n")
        self.write("b.txt", "no newline")
        content = self.body("-m", "m", "-f", "a.md", "-f", "b.txt", "review")["messages"][0]["content"]
        self.assertEqual(content, "review\n\n````a.md\n```\nx\n```\n````\n\n```b.txt\nno newline\n```")

    def test_words_that_look_like_lists_or_follow_two_dashes_are_left_alone(self):
        for words in (["[1,2]"], ["C", "++", "x"], ["--", "-x", "--json"], ["status", "of", "help"], ["@here"], ["[]"]):
            sent = self.body("-m", "m", *words)["messages"][0]["content"]
            self.assertEqual(sent, " ".join(word for word in words if word != "--"))
        self.assertEqual(self.body("-m", "m", "-o", "stop=[1,2]", "-o", "x=[]", "hi")["stop"], [1, 2])

    def test_the_model_comes_from_the_environment_when_no_flag_names_it(self):
        self.env["OGEM_MODEL"] = "from-env"
        self.assertEqual(self.body("hi")["model"], "from-env")
        self.assertEqual(self.body("-m", "flag", "hi")["model"], "flag")

    def test_the_client_key_is_sent(self):
        self.env["OGEM_API_KEY"] = "sk-mine"
        with FakeDaemon({CHAT: ANSWER}) as daemon:
            self.use(daemon)
            self.check(self.run_ogem("chat", "-m", "m", "hi"))
            self.assertEqual(daemon.requests[0].headers["authorization"], "Bearer sk-mine")

    def test_usage_is_asked_for_only_where_it_is_shown(self):
        self.assertNotIn("stream_options", self.body("-m", "m", "hi"))
        self.assertEqual(self.body("-m", "m", "-u", "hi")["stream_options"], {"include_usage": True})

    def test_an_option_with_a_flag_of_its_own_is_refused(self):
        self.check(self.run_ogem("chat", "-m", "m", "-o", "stream=true", "hi"), 2, "",
                   "ogem: -o stream: use --stream or --no-stream for that\n")
        self.check(self.run_ogem("chat", "-m", "m", "-o", "x", "hi"), 2, "",
                   "ogem: -o x: an option is K=V, like temperature=0\n")

    def test_files_that_are_missing_or_not_text_are_refused(self):
        self.write("b", "ab\0")
        self.check(self.run_ogem("chat", "-m", "m", "-f", "b", "hi"), 2, "", "ogem: b is not UTF-8 text (byte 2)\n")
        self.check(self.run_ogem("chat", "-m", "m", "-f", "none", "hi"), 2, "",
                   "ogem: cannot read none: No such file or directory\n")


class Model(Case):
    def with_models(self, *models):
        data = [{"id": id_, "owned_by": owner} for id_, owner in models]
        return FakeDaemon({CHAT: ANSWER, "GET /v1/models": json_answer({"object": "list", "data": data})})

    def test_without_a_name_the_first_model_that_chats_is_asked(self):
        with self.with_models(("text-embedding-3-small", "openai"), ("echo", "mock"), ("gpt-4o", "openai")) as daemon:
            self.use(daemon)
            self.check(self.run_ogem("chat", "hi"))
            self.assertEqual(daemon.asked("POST", "/v1/chat/completions")[0].json()["model"], "gpt-4o")

    def test_the_mock_is_never_chosen_by_itself(self):
        with self.with_models(("mock/echo", "mock")) as daemon:
            self.use(daemon)
            self.check(self.run_ogem("chat", "hi"), 2, "",
                       "ogem: no model: name one with -m or OGEM_MODEL (ogem models lists them; without any key, "
                       "-m mock/echo answers)\n")


class Shown(Case):
    def chat(self, answer, *args):
        with FakeDaemon({CHAT: answer}) as daemon:
            self.use(daemon)
            return self.run_ogem("chat", "-m", "gpt-4o", "hi", *args)

    def test_piped_there_is_only_the_text_and_one_newline(self):
        self.check(self.chat(ANSWER), 0, "It returns the pid.\n", "")
        self.check(self.chat(stream(delta("ends with one\n"), delta(None, "stop"), DONE)), 0, "ends with one\n", "")
        self.check(self.chat(json_answer(fake.completion("whole")), "--no-stream"), 0, "whole\n", "")

    def test_raw_adds_nothing(self):
        self.check(self.chat(ANSWER, "--raw"), 0, "It returns the pid.", "")

    def test_usage_is_a_line_on_standard_error(self):
        ended = self.chat(ANSWER, "-u")
        self.check(ended, 0, "It returns the pid.\n")
        self.assertRegex(ended.err, r"^vertex/us-central1/gemini-1.5-pro  \d+ ms to first token, \d+ ms  18\+24 tok\n$")

    def test_json_is_the_completion_and_what_ogem_knows(self):
        whole = json_answer(fake.completion("It."), **{k.replace("-", "_"): v for k, v in fake.ROUTE.items()})
        ended = self.chat(whole, "--json")
        self.check(ended, 0, err="")
        self.assertEqual(ended.out.count("\n"), 1)
        value = json.loads(ended.out)
        self.assertEqual(value["choices"][0]["message"]["content"], "It.")
        self.assertIsInstance(value["ogem"].pop("total_ms"), int)
        self.assertEqual(value["ogem"], {
            "route": "vertex/us-central1/gemini-1.5-pro",
            "tried": [{"route": "openai/openai", "error": "rate_limited", "ms": 3}],
            "cache": None, "ttft_ms": None, "request_id": "01K"})

    def test_get_prints_one_value_of_the_json(self):
        whole = json_answer(fake.completion("It."))
        self.check(self.chat(whole, "--get", "/choices/0/message/content"), 0, "It.\n", "")
        self.check(self.chat(whole, "--get", "/usage/total_tokens"), 0, "42\n", "")
        self.check(self.chat(whole, "--get", "/none"), 6, "",
                   '{"error":{"message":"there is nothing at /none","type":"not_found","exit":6}}\n')

    def test_json_stream_is_one_chunk_a_line(self):
        ended = self.chat(ANSWER, "--json", "--stream")
        self.check(ended)
        lines = [json.loads(line) for line in ended.out.splitlines()]
        self.assertEqual(len(lines), 4)
        self.assertEqual(lines[0]["choices"][0]["delta"]["content"], "It returns ")

    def test_text_shows_while_it_streams(self):
        with FakeDaemon({CHAT: stream(delta("first"), 10, delta("second"), DONE)}) as daemon:
            self.use(daemon)
            process = self.start("chat", "-m", "m", "hi")
            self.assertEqual(process.stdout.read(5), b"first")
            process.kill()
            process.communicate()

    def test_a_tool_call_is_pointed_out(self):
        call = fake.event({"choices": [{"index": 0, "delta": {"tool_calls": [{"index": 0}]}, "finish_reason": "tool_calls"}]})
        self.check(self.chat(stream(call, DONE)), 0, "", "ogem: the answer is a tool call; --json shows it\n")


class Ends(Case):
    """Exit codes of contract section 8."""

    def chat(self, answer, *args):
        with FakeDaemon({CHAT: answer}) as daemon:
            self.use(daemon)
            return self.run_ogem("chat", "-m", "gpt-4o", "hi", *args)

    def test_each_refusal_has_its_code_and_the_daemons_sentence(self):
        for status, code in [(400, 1), (401, 4), (403, 4), (404, 6), (408, 9), (413, 1), (429, 7), (500, 1),
                             (502, 8), (503, 8), (504, 9)]:
            with self.subTest(status=status):
                ended = self.chat(json_answer(fake.error("said the daemon", "t", "c"), status))
                self.check(ended, code, "", "ogem: said the daemon\n")

    def test_a_failure_of_the_provider_is_an_upstream_failure_even_as_500(self):
        self.check(self.chat(json_answer(fake.error("m", "t", "c", who="provider"), 500)), 8)

    def test_an_answer_that_is_not_json_still_has_a_sentence(self):
        self.check(self.chat(fake.answer("<html>", 502)), 8, "", "ogem: the daemon answered HTTP 502\n")

    def test_with_json_the_error_is_one_object_on_standard_error(self):
        refused = json_answer(fake.error("rate limit reached", "rate_limit_error", "rate_limit_exceeded"), 429,
                              retry_after_ms="41000")
        ended = self.chat(refused, "--json")
        self.check(ended, 7, "")
        self.assertEqual(json.loads(ended.err), {"error": {
            "message": "rate limit reached", "type": "rate_limit_error", "param": None, "code": "rate_limit_exceeded",
            "ogem": {"who": "ogem"}, "exit": 7, "retry_after_ms": 41000}})

    def test_a_cut_stream_ends_with_10_after_what_came_promise_1(self):
        cut = "ogem: the answer was cut off before its end\n"
        for name, answer in {"no last chunk": stream(delta("half"), HANG_UP),
                             "no DONE": stream(delta("half"), b"0\r\n\r\n"),
                             "in the middle of a chunk": stream(delta("half"), b"40\r\ndata: {", HANG_UP),
                             "DONE but no last chunk": stream(delta("half"), fake.event("[DONE]"), HANG_UP)}.items():
            with self.subTest(name):
                self.check(self.chat(answer), 10, "half\n", cut)

    def test_an_error_inside_the_stream_is_told_promise_1(self):
        inside = fake.event(fake.error("openai stopped", "server_error", "upstream_error"))
        self.check(self.chat(stream(delta("half"), inside, HANG_UP)), 10, "half\n",
                   "ogem: the answer was cut off: openai stopped\n")
        ended = self.chat(stream(delta("half"), inside, HANG_UP), "--json", "--stream")
        self.assertEqual(ended.code, 10, ended)
        self.assertEqual(json.loads(ended.err)["error"]["code"], "upstream_error")

    def test_a_whole_answer_cut_off_ends_with_10(self):
        self.check(self.chat([b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"choices\"", HANG_UP], "--no-stream"), 10, "")

    def test_strict_minds_filters_and_limits(self):
        for reason, sentence in [("length", "stopped at the token limit (-o max_tokens=N raises it)"),
                                 ("content_filter", "was filtered")]:
            answer = stream(delta("half"), delta(None, reason), DONE)
            self.check(self.chat(answer), 0, "half\n", "")
            self.check(self.chat(answer, "--strict"), 10, "half\n", f"ogem: the answer {sentence}\n")

    def test_timeout_is_9_and_hangs_up(self):
        with FakeDaemon({CHAT: [20]}) as daemon:
            self.use(daemon)
            self.check(self.run_ogem("--timeout", "100ms", "chat", "-m", "m", "hi"), 9, "", "ogem: no answer in time\n")
            self.assertTrue(fake.wait_until(daemon.gone.is_set))

    def test_ctrl_c_keeps_what_came_hangs_up_and_ends_with_130_and_sigterm_with_143(self):
        for number, code in [(signal.SIGINT, 130), (signal.SIGTERM, 143)]:
            with self.subTest(number), FakeDaemon({CHAT: stream(delta("half"), 20, DONE)}) as daemon:
                self.use(daemon)
                process = self.start("chat", "-m", "m", "hi")
                self.assertEqual(process.stdout.read(4), b"half")
                process.send_signal(number)
                out, err = process.communicate(timeout=10)
                self.assertEqual((process.returncode, out, err), (code, b"\n", b""))
                self.assertTrue(fake.wait_until(daemon.gone.is_set))

    def test_a_reader_that_leaves_ends_it_quietly_with_141(self):
        with FakeDaemon({CHAT: stream(*[delta("x" * 1000)] * 500, delta(None, "stop"), DONE)}) as daemon:
            self.use(daemon)
            process = self.start("chat", "-m", "m", "hi")
            process.stdout.read(1)
            process.stdout.close()
            self.assertEqual(process.stderr.read(), b"")
            self.assertEqual(process.wait(10), 141)
            process.stderr.close()

    def test_the_daemon_can_be_demanded(self):
        ended = self.run_ogem("chat", "--daemon", "-m", "m", "hi")
        self.check(ended, 3, "")
        self.assertIn("no daemon is running", ended.err)
        self.assertIn("ogem daemon start", ended.err)

    def test_the_queue_needs_a_running_daemon(self):
        for args in ([], ["--direct"]):
            self.check(self.run_ogem("chat", *args, "-m", "gpt-4o@batch", "hi"), 3, "")


if __name__ == "__main__":
    unittest.main()
