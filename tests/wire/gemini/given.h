// Verbs for tests of Gemini's dialect: requests as OpenAI's clients write them, places as the
// fixtures say them.
#pragma once

#include "json/value.h"
#include "wire/gemini/request.h"
#include "wire/openai/chat_request.h"

#include <stdexcept>
#include <string>

namespace ogem::test {

// "call_gen0", "call_gen1"...
inline chat::NewId counted_ids() {
    return [n = 0](std::string_view prefix) mutable {
        return std::string(prefix) + "gen" + std::to_string(n++);
    };
}

inline chat::Request chat_request(const std::string& body) {
    auto request = wire::openai::read_chat_request(body, counted_ids());
    if (!request) throw std::runtime_error(request.error().message);
    return std::move(*request);
}

inline wire::gemini::Service service_of(const json::Value& ctx) {
    return ctx.value("provider", "studio") == "vertex" ? wire::gemini::Service::vertex
                                                       : wire::gemini::Service::studio;
}

inline wire::Place place_of(const json::Value& ctx) {
    wire::Place place;
    place.model = ctx.value("upstream_model", "gemini-2.5-flash");
    place.region = ctx.value("region", "");
    place.project = ctx.value("project", "");
    const auto thinking = ctx.value("thinking", "");
    if (thinking == "level") place.can.thinking = chat::Thinking::level;
    if (thinking == "budget") place.can.thinking = chat::Thinking::budget;
    if (ctx.value("schema", "json") == "openapi") place.can.schema = chat::SchemaForm::openapi;
    place.can.show_reasoning = ctx.value("reasoning", "reasoning_content") != "drop";
    return place;
}

// Puts the signatures that the fixture's replay store holds into the calls.
inline void put_signatures(const json::Value& ctx, chat::Request& request) {
    const auto signatures = ctx.value("signatures", json::Value::object());
    for (auto& message : request.messages)
        for (auto& call : message.calls) call.signature = signatures.value(call.id, "");
}

}  // namespace ogem::test
