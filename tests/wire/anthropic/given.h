// Requests, places and states as the fixtures of Claude give them.
#pragma once

#include "base/text.h"
#include "support/fixture.h"
#include "wire/dialect.h"
#include "wire/openai/chat_request.h"

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

namespace ogem::test {

// The ids of `sequence` in order, then numbered ones.
inline chat::NewId scripted_ids(const json::Value& sequence) {
    std::vector<std::string> ids;
    for (const auto& id : sequence) ids.push_back(id.get<std::string>());
    return [ids, next = std::size_t{0}](std::string_view prefix) mutable {
        const auto at = next++;
        return at < ids.size() ? ids[at] : cat(prefix, "more", at);
    };
}

inline chat::Request chat_request(std::string_view body,
                                  const json::Value& ids = json::Value::array()) {
    auto request = wire::openai::read_chat_request(body, scripted_ids(ids));
    if (!request) throw std::runtime_error(request.error().message);
    return std::move(*request);
}

inline wire::Place place_of(const json::Value& ctx) {
    wire::Place place;
    place.model = ctx.value("upstream_model", "");
    place.project = ctx.value("project", "");
    place.region = ctx.value("region", "");
    place.can.max_tokens = ctx.value("default_max_tokens", 4096);
    const bool fixed = ctx.value("sampling", "full") == "fixed";
    place.can.sampling = fixed ? chat::SamplingPolicy::fixed : chat::SamplingPolicy::full;
    const auto thinking = ctx.value("thinking", "none");
    if (thinking == "budget") place.can.thinking = chat::Thinking::budget;
    if (thinking == "adaptive") place.can.thinking = chat::Thinking::adaptive;
    place.can.api_version = ctx.value("api_version", "");
    place.can.prefill = ctx.value("prefill", true);
    place.can.structured_outputs = ctx.value("structured_outputs", true);
    place.can.url_sources = ctx.value("url_sources", true);
    return place;
}

inline chat::AnswerState state_of(const json::Value& state) {
    chat::AnswerState out;
    out.unwrap_tool = state.value("unwrap_tool", "");
    for (const auto& name : state.value("custom_tools", json::Value::array()))
        out.custom_tools.push_back(name.get<std::string>());
    return out;
}

}  // namespace ogem::test
