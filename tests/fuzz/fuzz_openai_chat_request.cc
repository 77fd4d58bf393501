// Whatever a client sends is read or refused in a sentence that names a member; and what was read
// is the same after it has been written for a provider and read again, but for what the writer says
// that it changes.
#include "base/text.h"
#include "wire/openai/chat_request.h"
#include "wire/openai/request_writer.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

namespace {

using namespace ogem;

Result<chat::Request> read(std::string_view body) {
    int next = 0;
    return wire::openai::read_chat_request(
        body, [&](std::string_view prefix) { return cat(prefix, "\x7f", next++); });
}

void forget(chat::Part& part) {
    // Of a download: "image_url.headers".
    std::erase_if(part.rest, [](const chat::Extra& extra) {
        return extra.name.ends_with("_url.headers") || extra.name == "file.headers" ||
               extra.name == "input_audio.headers";
    });
    if (part.cache_control.find("\"mode\"") == std::string::npos) part.cache_control.clear();
}

void forget(chat::Message& message) {
    for (auto& part : message.content) forget(part);
    for (auto& call : message.calls)
        if (call.arguments.empty() && !call.custom) call.arguments = "{}";
    if (!message.content.empty() || message.role == chat::Role::assistant) return;
    message.content.emplace_back();
    message.plain = true;
}

// What the writer of requests changes on purpose.
chat::Request forgotten(chat::Request request) {
    for (auto& message : request.messages) forget(message);
    for (auto& tool : request.tools) tool.cache_control.clear();
    request.legacy_functions = false;
    request.usage_asked = request.stream;
    request.sampling.top_k.reset();
    return request;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const std::string_view body(reinterpret_cast<const char*>(data), size);
    const auto request = read(body);
    if (!request) {
        if (request.error().kind != Kind::invalid || request.error().message.empty()) std::abort();
        return 0;
    }
    wire::Place place;
    place.model = request->model;
    place.can.thinking = chat::Thinking::level;
    place.can.max_completion_tokens = !request->sampling.old_max_tokens;
    const auto call = wire::openai::write_request(*request, place, wire::openai::Rest::all);
    const auto again = read(call.body);
    if (!again && again.error().message.find("nested too deep") != std::string::npos) return 0;
    if (!again || forgotten(*again) != forgotten(*request)) std::abort();
    return 0;
}
