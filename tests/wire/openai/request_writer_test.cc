#include "wire/openai/request_writer.h"

#include "support/fixture.h"
#include "wire/openai/requests.h"

#include <doctest/doctest.h>

using namespace ogem;
using namespace ogem::test;
using namespace ogem::wire::openai;

namespace {

wire::Place gpt() {
    wire::Place place;
    place.model = "gpt-4o";
    place.can.thinking = chat::Thinking::level;
    return place;
}

json::Value body_of(const chat::Request& request, const wire::Place& place = gpt()) {
    return json::Value::parse(write_request(request, place).body);
}

std::vector<std::string> dropped(std::string_view members, const wire::Place& place = gpt()) {
    return write_request(with(members), place).dropped;
}

}  // namespace

TEST_CASE("what a client of OpenAI's dialect may say is written as it was said") {
    const auto body = json::Value::parse(R"({"model":"gpt-4o","messages":[
        {"role":"developer","content":"Be brief.","name":"d"},
        {"role":"system","content":[{"type":"text","text":"a",
         "prompt_cache_breakpoint":{"mode":"explicit"}}]},
        {"role":"user","content":[{"type":"text","text":"Look"},
         {"type":"image_url","image_url":{"url":"data:image/png;base64,AA","detail":"low"}},
         {"type":"input_audio","input_audio":{"data":"AA","format":"wav"}},
         {"type":"file","file":{"filename":"a","file_data":"AA"}}]},
        {"role":"assistant","content":"t","tool_calls":[
         {"id":"c1","type":"function","function":{"name":"f","arguments":"{"}},
         {"id":"c2","type":"custom","custom":{"name":"p","input":"x"}}]},
        {"role":"tool","tool_call_id":"c1","content":"1"},
        {"role":"tool","tool_call_id":"c2","content":"2"},
        {"role":"assistant","content":null,"audio":{"id":"a"}},
        {"role":"assistant","content":[{"type":"refusal","refusal":"No."}]}],
        "tools":[{"type":"function","function":{"name":"f","description":"d",
         "parameters":{"type":"object"},"strict":true}},{"type":"custom","custom":{"name":"p",
         "format":{"type":"text"}}}],"tool_choice":{"type":"custom","custom":{"name":"p"}},
        "parallel_tool_calls":false,"response_format":{"type":"json_schema","json_schema":{
        "name":"n","description":"d","schema":{"a":1},"strict":false}},"temperature":0,"top_p":0.5,
        "presence_penalty":1,"frequency_penalty":-1,"seed":7,"logprobs":true,
        "top_logprobs":2,"max_completion_tokens":9,"n":2,"stop":["a"],"reasoning_effort":"low",
        "user":"u","service_tier":"flex","stream":true,"stream_options":{"include_usage":true},
        "logit_bias":{"1":2},"metadata":{"k":"v"},"store":true})");
    const auto call = write_request(read(body.dump()), gpt());
    CHECK(test::same_json(json::Value::parse(call.body), body));
    CHECK(call.dropped.empty());
    CHECK(call.path == "/chat/completions");
    CHECK(call.copies == 1);
}

TEST_CASE("a seed beyond 64 bits keeps its digits (pitfall 61)") {
    const auto call = write_request(with(R"("seed":18446744073709551617)"), gpt());
    CHECK(call.body.find(R"("seed":18446744073709551617)") != std::string::npos);
}

TEST_CASE("a request is not changed by being written (pitfall 47)") {
    const auto request = with(R"("temperature":1,"x":1,"top_k":3)");
    const auto before = request;
    write_request(request, gpt());
    CHECK(request == before);
}

TEST_CASE("old servers get max_tokens, and a wish too large is cut (pitfalls 39, 41)") {
    auto old = gpt();
    old.can.max_completion_tokens = false;
    old.can.max_output_tokens = 50;
    CHECK(body_of(with(R"("max_completion_tokens":90)"), old)["max_tokens"] == 50);
    CHECK_FALSE(
        body_of(with(R"("max_completion_tokens":9)"), old).contains("max_completion_tokens"));
    CHECK(body_of(with(R"("max_tokens":9)"))["max_completion_tokens"] == 9);
    CHECK_FALSE(body_of(with(R"("n":1)")).contains("max_tokens"));
}

TEST_CASE("what the provider would refuse is left out and named (promise 8)") {
    CHECK(dropped(R"("top_k":5,"thinking":{},"verbosity":"low","x_foo":1)") ==
          std::vector<std::string>{"top_k", "thinking", "x_foo"});
    auto strict = gpt();
    strict.can.sampling = chat::SamplingPolicy::fixed;
    strict.can.thinking = chat::Thinking::none;
    CHECK(dropped(R"("temperature":1,"top_p":1,"reasoning_effort":"high")", strict) ==
          std::vector<std::string>{"temperature", "top_p", "reasoning_effort"});
    CHECK(dropped(R"("reasoning_effort":"none")", strict).empty());
    auto one = gpt();
    one.can.temperature_with_top_p = false;
    CHECK(dropped(R"("temperature":1,"top_p":1)", one) == std::vector<std::string>{"top_p"});
    CHECK(dropped(R"("top_p":1)", one).empty());
    CHECK(dropped(R"("messages":[{"role":"user","content":[{"type":"text","text":"a",
        "cache_control":{"type":"ephemeral"}}]}])") == std::vector<std::string>{"cache_control"});
}

TEST_CASE("members of the client's own dialect are all written") {
    const auto request = with(R"("x_foo":{"a":1})");
    const auto body = json::Value::parse(write_request(request, gpt(), Rest::all).body);
    CHECK(body["x_foo"]["a"] == 1);
}

TEST_CASE("headers for a download stay here, other members of an image go on (G4, R-5)") {
    const auto body = body_of(with(R"("messages":[{"role":"user","content":[{"type":"image_url",
        "image_url":{"url":"https://x","headers":{"Cookie":"c"},"x":1}}]}])"));
    CHECK(body["messages"][0]["content"][0]["image_url"] ==
          json::Value::parse(R"({"url":"https://x","x":1})"));
}

TEST_CASE("empty arguments become an object, silence of others becomes empty text (pitfall 19)") {
    chat::Request request;
    request.messages.resize(2);
    request.messages[0].role = chat::Role::tool;
    request.messages[0].call_id = "c";
    request.messages[1].role = chat::Role::assistant;
    request.messages[1].calls.push_back({"c", "f", "", false, "sig"});
    request.messages[1].thinking.push_back("{}");
    const auto messages = body_of(request)["messages"];
    CHECK(messages[0]["content"] == "");
    CHECK(messages[1] == json::Value::parse(R"({"role":"assistant","content":null,"tool_calls":[
        {"id":"c","type":"function","function":{"name":"f","arguments":"{}"}}]})"));
}

TEST_CASE("allowed tools keep their kinds and their mode") {
    const auto choice = body_of(with(R"("tools":[{"type":"custom","custom":{"name":"p"}}],
        "tool_choice":{"type":"allowed_tools","allowed_tools":{"mode":"required","tools":[
        {"type":"custom","custom":{"name":"p"}},{"type":"function","function":{"name":"f"}}]}})"))
        ["tool_choice"];
    CHECK(choice == json::Value::parse(R"({"type":"allowed_tools","allowed_tools":{
        "mode":"required","tools":[{"type":"custom","custom":{"name":"p"}},
        {"type":"function","function":{"name":"f"}}]}})"));
}

TEST_CASE("a stream asks for its usage even if the client did not (pitfall 29)") {
    CHECK(body_of(with(R"("stream":true)"))["stream_options"]["include_usage"] == true);
    CHECK_FALSE(body_of(with(R"("stream":false)")).contains("stream_options"));
}
