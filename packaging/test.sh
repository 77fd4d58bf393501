#!/usr/bin/env bash
# Installs what the tests need, builds everything with sanitizers, and runs every test. Safe to run again.
#   packaging/test.sh
# Works as root or through sudo, without a terminal. Writes only below build/ and tests/acceptance/sdk/node_modules.
cd "$(dirname "$0")/.." && . packaging/lib.sh

sdk=tests/acceptance/sdk
started=$SECONDS

install_packages build test
if [ -f $sdk/package-lock.json ]; then
    command -v npm >/dev/null || install_packages sdk
    say "Installing the official SDK for $sdk"
    (cd $sdk && npm ci --no-audit --no-fund) || die "npm ci failed in $sdk: its words are above."
fi

export CTEST_PARALLEL_LEVEL=${CTEST_PARALLEL_LEVEL:-$(getconf _NPROCESSORS_ONLN)}
build asan
say "Running every test under the address and undefined-behaviour sanitizers"
ctest --preset asan || die "some tests failed under asan: their output is above."

build tsan thread_tests
say "Running the tests of what threads share under the thread sanitizer"
fixed_addresses ctest --preset tsan -L threads || die "some tests failed under tsan: their output is above."

say "All tests passed in $((SECONDS - started)) s"
