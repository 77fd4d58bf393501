// Whatever a client of Anthropic's dialect sends: a complaint names its place, and a request that
// was understood can be written for Claude, as valid JSON, or is refused by the place of a part.
#include "json/value.h"
#include "wire/anthropic/client/messages_request.h"
#include "wire/anthropic/request_writer.h"

#include <cstdint>
#include <cstdlib>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    using namespace ogem;
    const std::string_view body(reinterpret_cast<const char*>(data), size);
    const auto read = wire::anthropic::read_messages_request(body);
    if (!read) {
        if (!read.error().message.starts_with(read.error().field)) std::abort();
        return 0;
    }
    wire::Place place{"claude-x", "us-east5", "p", {}};
    for (const bool newest : {false, true}) {
        place.can.structured_outputs = newest;
        place.can.inline_system = newest;
        place.can.thinking = newest ? chat::Thinking::adaptive : chat::Thinking::budget;
        const auto call = wire::anthropic::write_vertex_request(read->chat, place);
        if (!call && call.error().kind != Kind::invalid) std::abort();
        if (call && !json::parse(call->body)) std::abort();
    }
    return 0;
}
