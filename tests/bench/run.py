#!/usr/bin/env python3
"""Compares ogemd with nginx on this machine: one command, public tools (nginx, wrk) and our own generator.

    tests/bench/run.py [--quick] [--only NAME,NAME] [--self] [--no-build]

Builds ogemd, fake_provider and bench_load for release in build/bench, then runs both proxies before the same upstream:
the proxy on core 0, load and upstream on core 1, rounds interleaved, medians printed. CPU is that of all the proxy's
processes and threads, memory their PSS. Ends with 1 if a figure was missed. Numbers are only worth comparing within one
run, on a machine that does nothing else.

--self puts a second nginx in the place of ogemd: every ratio should be about 1, which shows how far to trust the rest.
"""
import argparse
import os
import shutil
import subprocess
import sys

import proxies
import scenarios

NAMES = ("pass_through", "latency", "relay", "two_workers", "open_streams", "start")


class OtherNginx(proxies.Nginx):
    """nginx in the place of ogemd."""


def build(targets):
    configure = ["cmake", "-S", proxies.ROOT, "-B", proxies.BUILD, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=RelWithDebInfo"]
    for command in (configure, ["cmake", "--build", proxies.BUILD, "--target", *targets]):
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode:
            sys.exit(done.stdout + done.stderr)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true", help="under a minute, coarser")
    parser.add_argument("--only", default=",".join(NAMES), help=f"of {', '.join(NAMES)}")
    parser.add_argument("--self", action="store_true", dest="self_check", help="nginx against nginx")
    parser.add_argument("--no-build", action="store_true")
    options = parser.parse_args()
    for tool, package in (("wrk", "wrk"), ("openssl", "openssl")):
        if not shutil.which(tool):
            sys.exit(f"{tool} is not installed: apt-get install {package}")
    if (os.cpu_count() or 1) < 2:
        sys.exit("the bench needs two cores: one for the proxy, one for load and upstream")
    if not options.no_build:
        build(["fake_provider", "bench_load", *([] if options.self_check else ["ogemd"])])
    subject = OtherNginx if options.self_check else proxies.Ogemd
    seconds, rounds, streams = (1, 2, 1000) if options.quick else (4, 5, 2000)
    bench = scenarios.Bench(subject, seconds, rounds, streams)
    for name in options.only.split(","):
        if name not in NAMES:
            sys.exit(f"there is no scenario {name}: there are {', '.join(NAMES)}")
        getattr(bench, name)()
    sys.exit(1 if bench.report.missed else 0)


if __name__ == "__main__":
    main()
