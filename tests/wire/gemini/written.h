// Verbs for tests of Gemini's requests: what is written for a conversation, or for members of a
// request.
#pragma once

#include "support/fixture.h"
#include "wire/gemini/given.h"

#include <doctest/doctest.h>

#include <string>

namespace ogem::test {

using wire::gemini::Service;

inline json::Value parsed(const std::string& text) {
    return json::Value::parse(text);
}

inline wire::Place studio(const std::string& model = "gemini-2.5-flash") {
    wire::Place place;
    place.model = model;
    return place;
}

inline wire::Place vertex(const std::string& model = "gemini-2.5-flash") {
    return {model, "us-central1", "p1", {}};
}

inline Result<wire::Call> written(const std::string& body, const wire::Place& place = studio(),
                                  Service service = Service::studio) {
    return wire::gemini::write_request(chat_request(body), place, service, {});
}

inline json::Value body_of(const std::string& body, const wire::Place& place = studio(),
                           Service service = Service::studio) {
    const auto call = written(body, place, service);
    REQUIRE_MESSAGE(call, (call ? "" : call.error().message));
    return parsed(call->body);
}

// The body for a request with `members` beside its one message.
inline json::Value body_with(const std::string& members, const wire::Place& place = studio()) {
    return body_of(R"({"model":"m","messages":[{"role":"user","content":"Hi"}],)" + members + "}",
                   place);
}

inline json::Value config_with(const std::string& members, const wire::Place& place = studio()) {
    return body_with(members, place).value("generationConfig", json::Value());
}

inline json::Value contents_of(const std::string& messages, const wire::Place& place = studio(),
                               Service service = Service::studio) {
    return body_of(R"({"model":"m","messages":)" + messages + "}", place, service)["contents"];
}

inline std::string complaint_of(const std::string& messages, Service service = Service::studio) {
    const auto call = written(R"({"model":"m","messages":)" + messages + "}",
                              service == Service::studio ? studio() : vertex(), service);
    return call ? "none" : call.error().message;
}

inline void check_same(const json::Value& got, const std::string& wanted) {
    CAPTURE(got.dump());
    CHECK(same_json(got, parsed(wanted)));
}

inline std::string user_part(const std::string& part) {
    return R"([{"role":"user","content":[)" + part + "]}]";
}

// Pieces of OpenAI conversations.
inline std::string call(const std::string& id, const std::string& arguments = "{}") {
    return R"({"id":")" + id + R"(","type":"function","function":{"name":"f_)" + id +
           R"(","arguments":)" + json::Value(arguments).dump() + "}}";
}

inline std::string assistant(const std::string& calls) {
    return R"({"role":"assistant","content":null,"tool_calls":[)" + calls + "]}";
}

inline std::string result(const std::string& id, const std::string& content) {
    return R"({"role":"tool","tool_call_id":")" + id + R"(","content":)" +
           json::Value(content).dump() + "}";
}

inline std::string list(const std::string& items) {
    return "[" + items + "]";
}

}  // namespace ogem::test
