"""The two proxies that are compared, and the upstream behind both. All on 127.0.0.1."""
import contextlib
import os
import pathlib
import shutil
import socket
import subprocess
import sys
import tempfile
import time

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
BUILD = ROOT / "build/bench"
PROXY_CORE, LOAD_CORE = 0, 1


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def pinned(cores):
    """Processes started inside run on these cores."""
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, set(cores))
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def started(cores, command, **more):
    with pinned(cores):
        return subprocess.Popen([str(word) for word in command], **more)


def finished(cores, command, **more):
    """Runs a command to its end; its output."""
    with pinned(cores):
        return subprocess.run([str(word) for word in command], capture_output=True, text=True, check=True, **more).stdout


def wait_for_port(port, process, seconds=10):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        try:
            socket.create_connection(("127.0.0.1", port), 0.2).close()
            return
        except OSError:
            if process.poll() is not None:
                break
            time.sleep(0.0002)
    raise SystemExit(f"{process.args[0]} does not listen on port {port}")


class Program:
    """A process that ends with its `with` block."""

    def start(self, command, cores, **more):
        self.started_at = time.perf_counter()
        self.process = started(cores, command, stdin=subprocess.DEVNULL, **more)
        self.pid = self.process.pid

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.terminate()
        try:
            self.process.wait(5)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()


class Upstream(Program):
    def __init__(self, certificate=None):
        self.tls = certificate is not None
        flags = ["--tls", *certificate] if certificate else []
        self.start([BUILD / "bin/fake_provider", "--no-log", *flags], [LOAD_CORE], stdout=subprocess.PIPE, text=True)
        self.port = int(self.process.stdout.readline().rsplit(":", 1)[1])
        self.scheme = "https" if certificate else "http"


class Nginx(Program):
    name = "nginx"

    def __init__(self, upstream, workers=1, cores=(PROXY_CORE,), **_):
        self.folder = tempfile.mkdtemp(prefix="ogem-bench-nginx-")
        self.port, self.stream_port = free_port(), free_port()
        values = {"WORKERS": workers, "FOLDER": self.folder, "UPSTREAM": upstream.port, "PORT": self.port,
                  "STREAM_PORT": self.stream_port, "SCHEME": upstream.scheme}
        text = (HERE / "nginx.conf.in").read_text()
        for name, value in values.items():
            text = text.replace(f"@{name}@", str(value))
        path = pathlib.Path(self.folder, "nginx.conf")
        path.write_text(text)
        self.start([nginx_path(), "-c", path, "-p", self.folder], cores, stderr=subprocess.DEVNULL)
        wait_for_port(self.port, self.process)

    def __exit__(self, *reason):
        super().__exit__(*reason)
        shutil.rmtree(self.folder, ignore_errors=True)


class Ogemd(Program):
    name = "ogemd"

    def __init__(self, upstream, workers=1, cores=(PROXY_CORE,), models=(), certificate=None):
        self.folder = tempfile.mkdtemp(prefix="ogem-bench-ogemd-")
        self.port = self.stream_port = free_port()
        names = ", ".join(f'{{name: "{model}"}}' for model in models)
        text = (f"ping_interval: 0\ncache: {{enabled: false}}\nproviders:\n  up:\n"
                f"    base_url: {upstream.scheme}://127.0.0.1:{upstream.port}/v1\n"
                f"    protocol: openai\n    timeout: {{connect: 1m, first_byte: 1h, idle: 1h}}\n"
                f"    regions: {{up: {{models: [{names}]}}}}\n")
        path = pathlib.Path(self.folder, "config.yaml")
        path.write_text(text)
        environment = {"PATH": os.environ["PATH"], "HOME": self.folder}
        if certificate:
            environment["SSL_CERT_FILE"] = str(certificate)
        self.start([BUILD / "bin/ogemd", "--config", path, "--listen", f"127.0.0.1:{self.port}", "--socket",
                    f"{self.folder}/ogemd.sock", "--state-dir", f"{self.folder}/state", "--workers", workers,
                    "--log-level", "warn"], cores, env=environment, stderr=open(f"{self.folder}/log", "wb"))
        wait_for_port(self.port, self.process)

    def __exit__(self, *reason):
        super().__exit__(*reason)
        if reason and reason[0]:  # what the daemon said may explain the failure
            sys.stderr.write(pathlib.Path(self.folder, "log").read_text(errors="replace")[-2000:])
        shutil.rmtree(self.folder, ignore_errors=True)


def nginx_path():
    path = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
    if not path:
        raise SystemExit("nginx is not installed: apt-get install nginx-light")
    return path


def self_signed(folder):
    """A certificate for 127.0.0.1 that is its own authority: (certificate, key)."""
    certificate, key = f"{folder}/cert.pem", f"{folder}/key.pem"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                    "-keyout", key, "-out", certificate, "-days", "2", "-subj", "/CN=127.0.0.1", "-addext",
                    "subjectAltName=IP:127.0.0.1"], check=True, capture_output=True)
    return certificate, key
