"""How ogemd reaches the outside: proxies and trusted certificates, also those that only `.env` names (contract
sections 1, 2 and 9.22)."""
import contextlib
import http.client
import http.server
import json
import pathlib
import shutil
import ssl
import subprocess
import tempfile
import threading
import unittest

import harness
from harness import Fake, Ogemd

ANSWER = b"""{"id":"c1","object":"chat.completion","model":"gpt","choices":[{"index":0,"message":
{"role":"assistant","content":"by proxy"},"finish_reason":"stop"}]}"""


class Web(http.server.BaseHTTPRequestHandler):
    """A configuration for every GET, an answer for every POST, whoever is asked for: a proxy of plain HTTP."""
    protocol_version = "HTTP/1.1"

    def do_GET(self):
        self.answer(self.server.config.encode())

    def do_POST(self):
        self.rfile.read(int(self.headers["content-length"]))
        self.answer(ANSWER)

    def answer(self, body):
        self.server.asked.append(self.path)
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def web(config, certificate=None):
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Web)
    server.config, server.asked, server.port = config, [], server.server_address[1]
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(*certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def provider(url, name="far"):
    return (f"ping_interval: 0\nproviders:\n  {name}:\n    base_url: {url}\n"
            f"    regions: {{{name}: {{models: [{{name: gpt}}]}}}}\n")


class OutgoingTest(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory(prefix="ogem-test-")))

    def dotenv(self, **variables):
        (self.folder / ".env").write_text("".join(f"{name}={value}\n" for name, value in variables.items()))

    def certificate(self):
        """A certificate for 127.0.0.1 that signs itself: its file and its key's."""
        if not shutil.which("openssl"):
            self.skipTest("openssl is not installed")
        files = [str(self.folder / name) for name in ("cert.pem", "key.pem")]
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                        "-days", "2", "-subj", "/CN=127.0.0.1", "-addext", "subjectAltName=IP:127.0.0.1",
                        "-out", files[0], "-keyout", files[1]], check=True, capture_output=True)
        return files

    def test_the_configuration_and_the_providers_are_asked_through_the_proxy_of_dotenv(self):
        with web(provider("http://models.example/v1")) as proxy:
            self.dotenv(HTTP_PROXY=f"http://127.0.0.1:{proxy.port}", CONFIG_SOURCE="http://config.example/ogem.yaml")
            with Ogemd(folder=self.folder) as ogemd:
                self.assertIn("by proxy", ogemd.chat("far/gpt").text)
            self.assertEqual(proxy.asked, ["http://config.example/ogem.yaml",
                                           "http://models.example/v1/chat/completions"])

    def test_the_real_environment_wins_over_the_proxy_of_dotenv(self):
        self.dotenv(HTTP_PROXY="http://127.0.0.1:9")
        with web(provider("http://models.example/v1")) as proxy:
            env = {"HTTP_PROXY": f"http://127.0.0.1:{proxy.port}", "CONFIG_SOURCE": "http://config.example/x"}
            with Ogemd(env=env, folder=self.folder) as ogemd:
                self.assertIn("by proxy", ogemd.chat("far/gpt").text)

    def test_certificates_of_dotenv_are_trusted_for_the_configuration_and_the_providers(self):
        certificate = self.certificate()
        with Fake("--tls", *certificate) as fake, web(provider(fake.url), certificate) as server:
            source = f"https://127.0.0.1:{server.port}/ogem.yaml"
            self.dotenv(SSL_CERT_FILE=certificate[0], CONFIG_SOURCE=source)
            with Ogemd(folder=self.folder) as ogemd:
                self.assertEqual(ogemd.chat("far/gpt").status, 200)

    def test_who_is_not_trusted_is_refused_with_the_reason(self):
        certificate = self.certificate()
        with web(provider("http://models.example/v1"), certificate) as server:
            env = {"CONFIG_SOURCE": f"https://127.0.0.1:{server.port}/ogem.yaml"}
            with Ogemd(env=env, folder=self.folder, wait=False) as ogemd:
                self.assertEqual(ogemd.ended(), 1)
                self.assertIn("could not prove who it is", ogemd.log())
        with Fake("--tls", *certificate) as fake, Ogemd(provider(fake.url)) as ogemd:
            answer = ogemd.chat("far/gpt")
            self.assertEqual((answer.status, answer.json()["error"]["code"]), (502, "upstream_tls"))
            self.assertEqual(fake_requests(fake), 0)


def fake_requests(fake):
    context = ssl._create_unverified_context()  # the fake's control API has the same certificate
    connection = http.client.HTTPSConnection("127.0.0.1", fake.port, context=context)
    connection.request("GET", "/_fake/log")
    return len(json.load(connection.getresponse())["requests"])


if __name__ == "__main__":
    harness.main()
