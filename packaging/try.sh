#!/usr/bin/env bash
# From a checkout to a first answer: installs packages, builds, starts ogemd, asks it something. Safe to run again.
#   packaging/try.sh            needs no API key: the built-in provider `mock` answers
#   OPENAI_API_KEY=... packaging/try.sh   asks gpt-4o-mini first and falls back to `mock`
# OGEM_TRY_MODEL=NAME asks another model. The daemon keeps running; the last lines say how to stop it.
cd "$(dirname "$0")/.." && . packaging/lib.sh

bin=build/release/bin
model=${OGEM_TRY_MODEL:-mock/echo}
if [ -z "${OGEM_TRY_MODEL:-}" ] && [ -n "${OPENAI_API_KEY:-}" ]; then model=openai/gpt-4o-mini,mock/echo; fi

# The first port from 8080 on that nobody listens on, or the one that PORT demands.
free_port() {
    local port
    if [ -n "${PORT:-}" ]; then echo "$PORT"; return; fi
    for port in $(seq 8080 8099); do
        if ! (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; then echo "$port"; return; fi
    done
    die "ports 8080 to 8099 are all taken: set PORT to a free one."
}

install_packages build
build release

say "Starting ogemd"
$bin/ogem daemon stop >/dev/null 2>&1 || true
PORT=$(free_port)
export PORT
$bin/ogem daemon start || die "ogemd did not start: its words are above."

say "ogem chat -m $model 'Hello from Ogem'"
$bin/ogem chat -n -u -m "$model" "Hello from Ogem" || die "no answer: 'ogem status' shows what ogemd thinks of its providers."

cat <<NEXT

==> What next
Ask from anywhere:      $bin/ogem chat -m $model "one line: what is a Unix socket?"
With curl:              curl http://127.0.0.1:$PORT/v1/chat/completions -H 'content-type: application/json' \\
                             -d '{"model":"$model","messages":[{"role":"user","content":"hello"}]}'
In an editor or SDK:    base URL http://127.0.0.1:$PORT/v1, any text as API key, model $model
                        (the SDKs read OPENAI_BASE_URL and OPENAI_API_KEY)
A real provider:        export OPENAI_API_KEY=..., then packaging/try.sh again; or write a configuration: docs/guide.md
See what runs:          $bin/ogem status; $bin/ogem models
Stop the daemon:        $bin/ogem daemon stop
NEXT
