// The conversation of a chat request, written.
#pragma once

#include "chat/request.h"
#include "json/writer.h"
#include "wire/openai/request_writer.h"

#include <string>
#include <string_view>
#include <vector>

namespace ogem::wire::openai {

// Adds `name` to `dropped` unless it is there.
void drop(std::vector<std::string>& dropped, std::string_view name);

void write_messages(json::Writer& w, const std::vector<chat::Message>& messages, Rest rest,
                    std::vector<std::string>& dropped);

}  // namespace ogem::wire::openai
