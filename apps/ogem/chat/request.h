// The request that `ogem chat` sends, in OpenAI's shape. No I/O.
#pragma once

#include "ogem/exit.h"

#include <string>
#include <string_view>
#include <vector>

namespace ogem::cli {

struct ChatOption {
    std::string name, value;  // value: raw JSON
};

// K=V, each: the value is JSON where it can be read as such, else text; the last of equal names
// counts. Errors: usage, for one without "=" or with a name that has a flag of its own.
Outcome<std::vector<ChatOption>> parse_options(const std::vector<std::string>& texts);

struct ChatText {
    std::string model, system, prompt;  // UTF-8; no system message where `system` is empty
    std::vector<ChatOption> options;
    bool stream = true;
    bool usage = false;  // ask for the tokens at the end of a stream
};

// The body, JSON.
std::string body_of(const ChatText& chat);

// True if any element of the chain asks for the queue: "gpt-4o@batch".
bool asks_for_batch(std::string_view model);

}  // namespace ogem::cli
