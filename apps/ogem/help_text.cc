#include "ogem/help_text.h"

#include "ogem/exit.h"

#include <algorithm>
#include <cassert>

namespace ogem::cli {

namespace {

constexpr Words kWords[] = {
    {"ogem", "", "One local endpoint for every language model: the command line of ogemd.",
     "  ogem chat -m mock/echo hello             ask; works without a daemon too\n"
     "  git diff | ogem chat \"commit message\"    a pipe is part of the prompt\n"
     "  ogem status                              what runs, and how well\n"
     "  ogem models                              what can be asked for\n"},
    {"chat", "Ask", "Ask a model: prompt from arguments, files and standard input.",
     "  ogem chat -m vertex/gemini-1.5-pro \"one line: what is SO_PEERCRED?\"\n"
     "  ogem chat -m gpt-4o,claude-3-5-sonnet -f main.cc \"review this\"\n"
     "  git diff | ogem chat \"commit message\" --json --get /choices/0/message/content\n"},
    {"status", "Look", "Show the daemon and its routes; 3: no daemon, 8: all routes down.",
     "  ogem status\n"
     "  ogem status -q || ogem daemon start\n"
     "  ogem status --wait --for 10s\n"},
    {"models", "Look", "List the models that can be asked for.",
     "  ogem models\n"
     "  ogem models 'gemini*'\n"
     "  ogem models --json --get /0/id\n"},
    {"config", "Keep", "Show, check or find the configuration.",
     "  ogem config                       what is in force, secrets masked\n"
     "  ogem config check config.yaml     for editors and CI: file:line:column, ends with 5\n"
     "  ogem config path                  where socket, state and configuration live\n"},
    {"daemon", "Run", "Start, stop, restart or reload the daemon; alone, one line about it.",
     "  ogem daemon start\n"
     "  ogem daemon reload                checks first, a bad configuration changes nothing\n"},
    {"api", "Plumb", "Send a raw request over the daemon's socket.",
     "  ogem api /v1/models\n"
     "  ogem api /v1/embeddings -d '{\"model\":\"text-embedding-3-small\",\"input\":\"hi\"}'\n"
     "  ogem api POST /v1/chat/completions -d @request.json\n"},
    {"help", "Plumb", "Help on a command, or on: exit-codes, environment, formats.",
     "  ogem help chat\n"
     "  ogem help exit-codes\n"},
};

constexpr std::string_view kEnvironment =
    "OGEM_MODEL          the model of `ogem chat` without -m\n"
    "OGEM_SOCKET         the daemon's socket; --socket wins\n"
    "OGEM_STATE_DIR      databases and the log of `ogem daemon start`\n"
    "OGEM_API_KEY        sent to the daemon as the client key\n"
    "OGEM_STDIN_WAIT     how long a silent pipe beside a prompt is waited for (10s)\n"
    "CONFIG_SOURCE       path or URL of the configuration; --config wins\n"
    "XDG_RUNTIME_DIR     the socket is in its ogem/; XDG_STATE_HOME, XDG_CONFIG_HOME and\n"
    "                    XDG_CACHE_HOME hold the rest\n"
    "NO_COLOR            not empty: no colour; CLICOLOR_FORCE: colour; --color wins\n"
    "COLUMNS, TERM, CI   TERM=dumb or CI: no progress line\n"
    "\n"
    "Keys of providers, such as OPENAI_API_KEY, are read by the daemon: see docs/guide.md.\n";

constexpr std::string_view kFormats =
    "Standard output holds what was asked for and nothing else; the rest is on standard error.\n"
    "\n"
    "--json        one JSON object (chat with --stream: one chunk a line). Members are only\n"
    "              ever added. A failure is one object on standard error:\n"
    "              {\"error\":{\"message\":...,\"type\":...,\"exit\":N}}\n"
    "--get PTR     one value of that object by JSON Pointer (RFC 6901): a string as it is,\n"
    "              anything else as JSON. ogem chat hi --get /choices/0/message/content\n"
    "tables        on a terminal in columns; in a pipe one record a line, fields between tabs,\n"
    "              no colour, numbers in full\n"
    "diagnostics   ogem config check: file:line:column: error: sentence [CODE]\n";

}  // namespace

const Words& words_of(std::string_view name) {
    const auto* found = std::ranges::find(kWords, name, &Words::name);
    assert(found != std::end(kWords));
    return *found;
}

std::string topic_text(std::string_view topic) {
    if (topic == "exit-codes") return exit_table();
    if (topic == "environment") return std::string(kEnvironment);
    if (topic == "formats") return std::string(kFormats);
    return {};
}

}  // namespace ogem::cli
