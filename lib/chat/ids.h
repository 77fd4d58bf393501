// Where new ids come from: tool calls and answers of providers that give none. Random in the
// gateway, scripted in tests.
#pragma once

#include <functional>
#include <string>
#include <string_view>

namespace ogem::chat {

// A new id that begins with `prefix` ("call_", "chatcmpl-", "msg_"): never the same twice.
using NewId = std::function<std::string(std::string_view prefix)>;

}  // namespace ogem::chat
