"""Request-smuggling vectors (promises B): 400 and close, and nothing of them reaches a provider."""
import unittest

import harness
import wire
from harness import Fake, Ogemd, chat_body, one_provider

BODY = wire.json_bytes(chat_body("gpt"))
LENGTH = b"Content-Length: %d" % len(BODY)
HIDDEN = b"GET /hidden HTTP/1.1\r\nHost: localhost\r\n\r\n"
CHUNKED = b"%x\r\n%s\r\n0\r\n\r\n" % (len(BODY), BODY)


def post(*lines, body=BODY, first=b"POST /v1/chat/completions HTTP/1.1", host=b"Host: localhost"):
    return b"\r\n".join([first, host, *lines]) + b"\r\n\r\n" + body


def with_chunks(body):
    return post(b"Transfer-Encoding: chunked", body=body)


VECTORS = {
    "two lengths that differ": post(LENGTH, b"Content-Length: 5"),
    "two lengths that agree": post(LENGTH, LENGTH),
    "a list of lengths": post(LENGTH + b", %d" % len(BODY)),
    "a length with a sign": post(b"Content-Length: +%d" % len(BODY)),
    "a negative length": post(b"Content-Length: -1"),
    "a hexadecimal length": post(b"Content-Length: 0x10"),
    "a length with rubbish": post(LENGTH + b"a"),
    "a length with a space inside": post(b"Content-Length: 1 0"),
    "an empty length": post(b"Content-Length:"),
    "a length that overflows": post(b"Content-Length: 18446744073709551617"),
    "length and chunks": post(LENGTH, b"Transfer-Encoding: chunked", body=CHUNKED + HIDDEN),
    "chunks and length": post(b"Transfer-Encoding: chunked", b"Content-Length: 4", body=CHUNKED + HIDDEN),
    "an unknown encoding": post(b"Transfer-Encoding: xchunked", body=CHUNKED),
    "identity as encoding": post(b"Transfer-Encoding: identity", LENGTH),
    "chunked and identity": post(b"Transfer-Encoding: chunked, identity", body=CHUNKED),
    "chunked twice": post(b"Transfer-Encoding: chunked, chunked", body=CHUNKED),
    "two encodings": post(b"Transfer-Encoding: chunked", b"Transfer-Encoding: identity", body=CHUNKED),
    "a vertical tab before chunked": post(b"Transfer-Encoding: \x0bchunked", body=CHUNKED),
    "a space before the colon": post(b"Transfer-Encoding : chunked", body=CHUNKED),
    "a tab before the colon": post(b"Content-Length\t: %d" % len(BODY)),
    "quotes around chunked": post(b'Transfer-Encoding: "chunked"', body=CHUNKED),
    "chunks in HTTP/1.0": post(b"Transfer-Encoding: chunked", body=CHUNKED,
                               first=b"POST /v1/chat/completions HTTP/1.0"),
    "bare LF after every line": post(LENGTH).replace(b"\r\n", b"\n"),
    "bare LF after one header": post(b"X-A: b\nTransfer-Encoding: chunked", LENGTH),
    "bare LF after the head": post(LENGTH, body=b"").replace(b"\r\n\r\n", b"\r\n\n") + BODY,
    "bare CR inside a value": post(b"X-A: b\rTransfer-Encoding: chunked", LENGTH),
    "bare CR after a header": post(LENGTH + b"\rX-A: b"),
    "a folded header": post(b"X-A: b\r\n folded", LENGTH),
    "a folded first header": post(LENGTH, host=b" Host: localhost"),
    "NUL in a value": post(b"X-A: b\0c", LENGTH),
    "NUL in a name": post(b"X\0A: b", LENGTH),
    "a space in a name": post(b"X A: b", LENGTH),
    "an empty name": post(b": b", LENGTH),
    "a line without colon": post(b"nonsense", LENGTH),
    "DEL in a value": post(b"X-A: b\x7fc", LENGTH),
    "two hosts": post(b"Host: other", LENGTH),
    "two spaces after the method": post(LENGTH, first=b"POST  /v1/chat/completions HTTP/1.1"),
    "a space inside the target": post(LENGTH, first=b"POST /v1/chat completions HTTP/1.1"),
    "no version": post(LENGTH, first=b"POST /v1/chat/completions"),
    "a version that does not exist": post(LENGTH, first=b"POST /v1/chat/completions HTTP/1.9a"),
    "a chunk size that is not one": with_chunks(b"zz\r\nabc\r\n0\r\n\r\n"),
    "a chunk size with a sign": with_chunks(b"+3\r\nabc\r\n0\r\n\r\n"),
    "a chunk size with 0x": with_chunks(b"0x3\r\nabc\r\n0\r\n\r\n"),
    "a chunk size that overflows": with_chunks(b"fffffffffffffffff\r\nabc\r\n0\r\n\r\n"),
    "an empty chunk size": with_chunks(b"\r\nabc\r\n0\r\n\r\n"),
    "a chunk longer than its size": with_chunks(b"3\r\nabcdef\r\n0\r\n\r\n"),
    "bare LF after a chunk size": with_chunks(b"3\nabc\r\n0\r\n\r\n"),
    "bare LF after a chunk": with_chunks(b"3\r\nabc\n0\r\n\r\n"),
    "NUL in a chunk extension": with_chunks(b"3;a=\0\r\nabc\r\n0\r\n\r\n"),
    "a chunk extension beyond all size": with_chunks(b"%x;" % len(BODY) + b"a" * 20_000 + CHUNKED[CHUNKED.index(b"\r"):]),
    "chunk extensions beyond all size together": with_chunks(b"".join(
        b"1;%s\r\n%c\r\n" % (b"a" * 1000, byte) for byte in BODY) + b"0\r\n\r\n"),
    "a folded trailer": with_chunks(CHUNKED[:-2] + b"X-A: b\r\n c\r\n\r\n"),
    "TLS on a clear port": b"\x16\x03\x01\x00\xf1\x01\x00\x00\xed\x03\x03" + b"x" * 200 + b"\r\n\r\n",
    "HTTP/2 on a clear port": b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
}


class SmugglingTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.fake = cls.enterClassContext(Fake())
        cls.ogemd = cls.enterClassContext(Ogemd(one_provider(cls.fake)))

    def test_the_harmless_form_of_the_vectors_works(self):
        for data in (post(LENGTH), with_chunks(CHUNKED)):
            with self.ogemd.connect() as connection:
                connection.send(data)
                self.assertEqual(connection.answer().status, 200)
        self.fake.reset()

    def test_every_vector_is_400_and_close_and_goes_nowhere(self):
        self.fake.reset()
        for unix in (False, True):
            for name, data in VECTORS.items():
                with self.subTest(name, unix=unix), self.ogemd.connect(unix) as connection:
                    try:
                        connection.send(data)
                    except OSError:
                        pass  # refused while we were still talking
                    answer = connection.answer()
                    self.assertIsNotNone(answer, "closed without a word")
                    self.assertIn(answer.status, (400, 431, 505) if "extension" in name or "version" in name
                                  or "HTTP/2" in name else (400,))
                    self.assertIn("error", answer.json())
                    self.assertTrue(connection.closed_within(1 * harness.PATIENCE), "left open")
        self.assertEqual(self.fake.log(), [])
        self.assertEqual(self.fake.connections()["partial"], 0)

    def test_what_follows_a_refused_request_is_never_read_as_another(self):
        for name in ("length and chunks", "chunks and length"):
            with self.ogemd.connect() as connection:
                connection.send(VECTORS[name])
                connection.answer()
                self.assertIsNone(connection.answer())


if __name__ == "__main__":
    harness.main()
