"""What is measured, and the figure each must reach (issue "Must show"). A figure compares ogemd to nginx in the same run."""
import json
import os
import socket
import statistics
import subprocess
import tempfile
import time

import measure
import proxies
from proxies import BUILD, HERE, LOAD_CORE, PROXY_CORE, Upstream, finished, started

SMALL, MEDIUM = "fake-body=1000", "fake-body=20000"
FLOW = "fake-gap=20+events=1000000+size=100"  # 50 events a second
OPEN = "fake-stall=3600000+after=1"  # a role and one text, which commits, then silence
MODELS = (SMALL, MEDIUM, FLOW, OPEN)


def body(model, size, stream=False):
    request = {"model": model, "messages": [{"role": "user", "content": ""}], "stream": stream}
    request["messages"][0]["content"] = "x" * max(size - len(json.dumps(request)), 0)
    return json.dumps(request)


class Report:
    """Prints one line per figure and remembers whether each was reached."""

    def __init__(self, name):
        self.name, self.missed = name, 0

    def ratio(self, what, ours, reference, unit, target, at_least=False):
        share = ours / reference if reference else float("inf")
        reached = share >= target if at_least else share <= target
        self.line(f"{what} {ours:.1f}{unit} vs nginx {reference:.1f}{unit} ratio {share:.2f}",
                  f"{'>=' if at_least else '<='} {target}", reached)

    def own_ratio(self, what, loaded, alone, unit, target):
        share = loaded / alone
        self.line(f"{what} {loaded:.1f}{unit} vs {alone:.1f}{unit} without ratio {share:.2f}", f"<= {target}",
                  share <= target)

    def absolute(self, what, value, unit, target):
        self.line(f"{what}: {value:.1f}{unit}", f"<= {target}{unit}", value <= target)

    def line(self, text, target, reached):
        self.missed += not reached
        print(f"{text} (target {target}) {'ok' if reached else 'MISSED'}", flush=True)


class Bench:
    def __init__(self, subject, seconds, rounds, streams):
        self.subject, self.seconds, self.rounds, self.streams = subject, seconds, rounds, streams
        self.report = Report(subject.name)

    def pair(self, upstream, **more):
        """The subject and the reference, both started."""
        return self.subject(upstream, models=MODELS, **more), proxies.Nginx(upstream, **more)

    def interleaved(self, subject, reference, run):
        """Medians of what `run(proxy)` returns, over rounds A B A B ..."""
        results = {0: [], 1: []}
        for round_number in range(self.rounds + 1):
            for index, proxy in enumerate((subject, reference)):
                result = run(proxy)
                if round_number > 0:  # the first round warms both up
                    results[index].append(result)
        return [{key: statistics.median(each[key] for each in results[index]) for key in results[index][0]}
                for index in (0, 1)]

    def wrk(self, proxy, text, connections=64, cores=(LOAD_CORE,)):
        """One run of wrk: CPU us per request of the proxy's processes, and requests per second."""
        before = measure.cpu_seconds(proxy.pid)
        output = finished(cores, ["wrk", "-t1", f"-c{connections}", f"-d{self.seconds}s", "-s", HERE / "post.lua",
                                  f"http://127.0.0.1:{proxy.port}"], env={**os.environ, "BENCH_BODY": text})
        result = json.loads(output.split("RESULT ", 1)[1])
        used = measure.cpu_seconds(proxy.pid) - before
        if result["errors"] or not result["requests"]:
            raise SystemExit(f"{proxy.name}: {result['errors']} of {result['requests']} requests failed")
        return {"cpu_us": used * 1e6 / result["requests"], "rps": result["requests"] / result["seconds"]}

    def saturated(self, proxy, text):
        """Requests per second when more are due than can be done. Not wrk's: its script costs more than a proxy, so
        that its core sets the pace and every proxy is equally fast."""
        result = json.loads(finished([LOAD_CORE], [BUILD / "bin/bench_load", "rate", proxy.port, text,
                                                   10_000 * self.seconds, 1, 64]))
        if result["errors"]:
            raise SystemExit(f"{proxy.name}: {result['errors']} requests failed")
        return {"rps": result["requests"] / result["seconds"]}

    # Scenarios.

    def pass_through(self):
        with Upstream() as upstream:
            subject, reference = self.pair(upstream)
            with subject, reference:
                for name, model, size, target in (("1KB", SMALL, 1000, 0.95), ("20KB", MEDIUM, 20000, 1.2)):
                    ours, theirs = self.interleaved(subject, reference, lambda p: self.wrk(p, body(model, size)))
                    self.report.ratio(f"{name} pass-through: cpu", ours["cpu_us"], theirs["cpu_us"], "us", target)
                ours, theirs = self.interleaved(subject, reference, lambda p: self.saturated(p, body(SMALL, 1000)))
                self.report.ratio("1KB pass-through: rps", ours["rps"], theirs["rps"], "/s", 1.05, True)

    def latency(self):
        def run(proxy):
            result = json.loads(finished([LOAD_CORE], [BUILD / "bin/bench_load", "rate", proxy.port, body(SMALL, 1000),
                                                       3000, self.seconds, 64]))
            if result["errors"]:
                raise SystemExit(f"{proxy.name}: {result['errors']} requests failed at a constant rate")
            return result

        with Upstream() as upstream:
            subject, reference = self.pair(upstream)
            with subject, reference:
                ours, theirs = self.interleaved(subject, reference, run)
        self.report.ratio("3,000 req/s: p50", ours["p50_us"], theirs["p50_us"], "us", 1.05)

    def relay(self):
        def run(proxy):
            with Streams(proxy.stream_port, FLOW, 100) as streams:
                before, cpu = streams.events(), measure.cpu_seconds(proxy.pid)
                time.sleep(self.seconds)
                used, events = measure.cpu_seconds(proxy.pid) - cpu, streams.events() - before
            return {"cpu_us": used * 1e6 / events}

        with Upstream() as upstream:
            subject, reference = self.pair(upstream)
            with subject, reference:
                ours, theirs = self.interleaved(subject, reference, run)
        self.report.ratio("SSE relay: cpu per event", ours["cpu_us"], theirs["cpu_us"], "us", 1.05)

    def two_workers(self):
        both = (PROXY_CORE, LOAD_CORE)
        with Upstream() as upstream:
            subject, reference = self.pair(upstream, workers=2, cores=both)
            with subject, reference:
                ours, theirs = self.interleaved(subject, reference,
                                                lambda p: self.wrk(p, body(SMALL, 1000), cores=both))
        self.report.ratio("two workers, 1KB: cpu", ours["cpu_us"], theirs["cpu_us"], "us", 0.9)

    def open_streams(self):
        """Memory per open stream, and what a request costs beside them."""
        with tempfile.TemporaryDirectory() as folder:
            certificate = proxies.self_signed(folder)
            for name, chain, target in (("clear", None, 8), ("TLS upstream", certificate, 24)):
                with Upstream(chain) as upstream:
                    more = {"certificate": certificate[0]} if chain else {}
                    subject, reference = self.pair(upstream, **more)
                    with subject, reference:
                        ours, theirs = self.held(subject, not chain), self.held(reference, False)
                text = f"memory per open stream, {name} (nginx {theirs['kb']:.1f}KB)"
                self.report.absolute(text, ours["kb"], "KB", target)
                if not chain:
                    self.report.own_ratio(f"1KB beside {self.streams} open streams: cpu", ours["beside"], ours["alone"],
                                          "us", 1.1)

    def held(self, proxy, with_requests):
        """The figures of one proxy while streams are open."""
        alone = self.median_cpu(proxy) if with_requests else self.wrk(proxy, body(SMALL, 1000))["cpu_us"]
        before = measure.pss_bytes(proxy.pid)
        with Streams(proxy.stream_port, OPEN, self.streams):
            kb = (measure.pss_bytes(proxy.pid) - before) / self.streams / 1024
            beside = self.median_cpu(proxy) if with_requests else 0
        return {"kb": kb, "alone": alone, "beside": beside}

    def median_cpu(self, proxy):
        return statistics.median(self.wrk(proxy, body(SMALL, 1000))["cpu_us"] for _ in range(self.rounds))

    def start(self):
        """Start to first answered request, and memory of a daemon that does nothing."""
        with Upstream() as upstream:
            subject, reference = [self.start_ms(kind, upstream) for kind in (self.subject, proxies.Nginx)]
            self.report.absolute(f"start to first answer (nginx {reference:.1f}ms)", subject, "ms", 10)
            with self.subject(upstream, models=MODELS) as proxy, proxies.Nginx(upstream) as other:
                first_answer(proxy.port)
                time.sleep(0.3)
                idle, theirs = (measure.pss_bytes(each.pid) / 1e6 for each in (proxy, other))
            self.report.absolute(f"idle PSS (nginx {theirs:.1f}MB)", idle, "MB", 8)

    def start_ms(self, kind, upstream):
        taken = []
        for _ in range(max(self.rounds, 3) * 3):
            with kind(upstream, models=MODELS) as proxy:
                first_answer(proxy.port)
                taken.append((time.perf_counter() - proxy.started_at) * 1000)
        return statistics.median(taken)


def first_answer(port):
    text = body(SMALL, 100).encode()
    head = f"POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\ncontent-length: {len(text)}\r\n\r\n"
    with socket.create_connection(("127.0.0.1", port)) as connection:
        connection.sendall(head.encode() + text)
        answer = connection.recv(1 << 16)
    if not answer.startswith(b"HTTP/1.1 200"):
        raise SystemExit(f"the first answer was {answer[:60]!r}")


class Streams:
    """Streams held open by bench_load."""

    def __init__(self, port, model, count):
        command = [BUILD / "bin/bench_load", "streams", port, body(model, 300, True), count]
        self.process = started([LOAD_CORE], command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        if self.process.stdout.readline() != "ready\n":
            raise SystemExit("the streams did not open")
        time.sleep(0.2)

    def events(self):
        self.process.stdin.write("\n")
        self.process.stdin.flush()
        return json.loads(self.process.stdout.readline())["events"]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.process.stdin.close()
        self.process.wait(10)
        self.process.stdout.close()
