// Bodies that are sent to Claude for requests of OpenAI's dialect, and the complaints instead.
#pragma once

#include "wire/anthropic/given.h"
#include "wire/anthropic/request_writer.h"

namespace ogem::test {

inline Result<wire::Call> write(const chat::Request& request, const wire::Place& place) {
    return place.project.empty() ? wire::anthropic::write_request(request, place)
                                 : wire::anthropic::write_vertex_request(request, place);
}

// A place of Claude's with these keys of a fixture's ctx.
inline wire::Place claude(const char* ctx = "{}") {
    auto place = place_of(json::Value::parse(ctx));
    place.model = "claude-x";
    return place;
}

// The body that is sent for a request of these members, or {"error","field"}.
inline json::Value body_of(const std::string& members, const wire::Place& place = claude()) {
    const auto call = write(chat_request("{\"model\":\"m\"," + members + "}"), place);
    if (!call) return {{"error", call.error().message}, {"field", call.error().field}};
    return json::Value::parse(call->body);
}

inline json::Value messages(const std::string& list, const wire::Place& place = claude()) {
    const auto body = body_of("\"messages\":" + list, place);
    return body.contains("messages") ? body["messages"] : body;
}

const std::string kHi = R"("messages":[{"role":"user","content":"Hi"}])";

}  // namespace ogem::test
