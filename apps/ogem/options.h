// What was asked for on the command line, as plain values. cli.cc fills them, the commands read
// them.
#pragma once

#include "base/clock.h"

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace ogem::cli {

// Flags that every command takes, before or after its name.
struct Globals {
    bool json = false;               // also set by `get`
    std::optional<std::string> get;  // JSON Pointer into what --json would print
    bool quiet = false;
    bool verbose = false;
    std::string color = "auto";  // auto | always | never
    std::optional<std::string> socket, config;
    std::optional<Duration> timeout;  // of the whole command
    bool no_input = false;
};

struct Chat {
    std::vector<std::string> prompt;  // words; "-" asks for standard input
    std::string model;                // empty: OGEM_MODEL, else the first of the daemon
    std::string system;               // text, or @FILE
    std::vector<std::string> files;
    std::vector<std::string> options;  // K=V
    bool usage = false, no_stdin = false, raw = false, no_stream = false, stream = false;
    bool strict = false, direct = false, daemon = false;
};

struct Status {
    bool wait = false;
    std::optional<Duration> wait_for;
};

struct Models {
    std::string pattern;  // part of a name, or a glob with * and ?; empty: all
    bool direct = false, daemon = false;
};

struct Daemon {
    enum class Verb : unsigned char { show, start, stop, restart, reload } verb = Verb::show;
};

struct Api {
    std::vector<std::string> words;    // [METHOD] PATH
    std::optional<std::string> data;   // text, @FILE, or - for standard input
    std::vector<std::string> headers;  // "K: V"
    bool direct = false, daemon = false;
};

struct Config {
    enum class Verb : unsigned char { show, check, path } verb = Verb::show;
    std::string source;  // of `check`: path, URL, -; empty: what an ogemd started here would read
    bool env = false, strict = false;
    std::string format = "text";  // text | json | github
};

struct Version {};

// Text that was asked for, such as a command's help: standard output, success.
struct ShowText {
    std::string text;
};

using Command = std::variant<ShowText, Version, Chat, Status, Models, Daemon, Api, Config>;

struct Invocation {
    Globals globals;
    Command command;
};

}  // namespace ogem::cli
