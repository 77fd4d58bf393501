"""What the tests of the command line share: running `ogem` in a clean world, in a pipe or on a terminal."""

import errno
import fcntl
import os
import pty
import select
import shutil
import struct
import subprocess
import tempfile
import termios
import time
import unittest
from pathlib import Path

HERE = Path(__file__).parent
OGEM = os.environ["OGEM_BIN"]
LIMIT = 30  # seconds, for anything


class Ended:
    def __init__(self, code, out, err=""):
        self.code, self.out, self.err = code, out, err

    def __repr__(self):
        return f"exit {self.code}\n--- stdout\n{self.out}\n--- stderr\n{self.err}"


class Case(unittest.TestCase):
    """Each test has a home of its own, so that no daemon or configuration of this machine is seen."""

    def setUp(self):
        self.home = tempfile.mkdtemp(prefix="ogem-cli-")
        self.addCleanup(shutil.rmtree, self.home, ignore_errors=True)
        self.env = {"HOME": self.home, "XDG_RUNTIME_DIR": self.home, "PATH": os.environ["PATH"],
                    "OGEM_SOCKET": self.home + "/none.sock", "FAKE_OGEMD_HOME": str(HERE),
                    "FAKE_OGEMD_LOG": self.home + "/ogemd.calls", "TERM": "xterm"}
        for name in ("ASAN_OPTIONS", "UBSAN_OPTIONS"):
            if name in os.environ:
                self.env[name] = os.environ[name]
        self.ogem = OGEM

    def write(self, name, text):
        (Path(self.home) / name).write_text(text)

    def use(self, daemon):
        self.env["OGEM_SOCKET"] = daemon.path

    def with_fake_ogemd(self):
        """A copy of ogem beside a fake ogemd: it looks for its daemon where it is itself."""
        bin_dir = Path(self.home) / "bin"
        bin_dir.mkdir()
        shutil.copy(OGEM, bin_dir / "ogem")
        shutil.copy(HERE / "fake_ogemd.py", bin_dir / "ogemd")
        self.ogem = str(bin_dir / "ogem")

    def start(self, *args, stdin=subprocess.DEVNULL, **options):
        return subprocess.Popen([self.ogem, *args], stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
                                env=self.env, cwd=self.home, **options)

    def run_ogem(self, *args, text=None, **options):
        """Runs to the end; `text` goes through a pipe to standard input."""
        if text is not None:
            options["stdin"] = subprocess.PIPE
        process = self.start(*args, **options)
        out, err = process.communicate(text if text is None else text.encode(), LIMIT)
        return Ended(process.returncode, out.decode(errors="replace"), err.decode(errors="replace"))

    def check(self, ended, code=0, out=None, err=None):
        self.assertEqual(ended.code, code, ended)
        if out is not None:
            self.assertEqual(ended.out, out, ended)
        if err is not None:
            self.assertEqual(ended.err, err, ended)

    def golden(self, name, text):
        self.assertEqual(text, (HERE / "golden" / name).read_text())

    def calls(self):
        log = Path(self.env["FAKE_OGEMD_LOG"])
        return log.read_text().splitlines() if log.exists() else []

    def on_terminal(self, *args, keys=b"", columns=100):
        """Runs on a terminal of its own; all it shows is in `out`, line ends as \\n."""
        pid, fd = pty.fork()
        if pid == 0:
            os.chdir(self.home)
            os.execve(self.ogem, [self.ogem, *args], self.env)
        fcntl.ioctl(fd, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
        if keys:
            os.write(fd, keys)
        shown = read_terminal(fd)
        _, status = os.waitpid(pid, 0)
        os.close(fd)
        return Ended(os.waitstatus_to_exitcode(status), shown.decode().replace("\r\n", "\n"))


def read_terminal(fd):
    shown, end = b"", time.monotonic() + LIMIT
    while time.monotonic() < end:
        if not select.select([fd], [], [], 1)[0]:
            continue
        try:
            piece = os.read(fd, 65536)
        except OSError as failure:  # the last one has closed the terminal
            if failure.errno == errno.EIO:
                return shown
            raise
        if not piece:
            return shown
        shown += piece
    raise TimeoutError(shown)


def is_alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


