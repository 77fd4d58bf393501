#include "wire/openai/chunk_writer.h"

#include "json/value.h"

#include <doctest/doctest.h>

using namespace ogem;
using namespace ogem::wire::openai;

namespace {

ChunkWriter writer(bool usage_asked = false, ChunkWriter::Shape shape = ChunkWriter::Shape::chat) {
    return {{.id = "chatcmpl-1", .created = 1, .model = "m"}, shape, usage_asked};
}

// The object of one event, which must be one `data:` line and a blank line.
json::Value object_of(std::string_view event) {
    REQUIRE(event.starts_with("data: "));
    REQUIRE(event.ends_with("\n\n"));
    REQUIRE(event.find('\n') == event.size() - 2);
    auto value = json::parse(event.substr(6));
    REQUIRE_MESSAGE(value, event);
    return *value;
}

json::Value choice_of(std::string_view event) {
    return object_of(event)["choices"][0];
}

}  // namespace

TEST_CASE("every chunk shares id, created, model and object") {
    const auto w = writer();
    const ToolCall tool{.id = "call_1", .name = "add", .arguments = "{}"};
    for (const auto& event : {w.role(0), w.text(0, "x"), w.tool_start(0, 0, tool),
                              w.tool_arguments(0, 0, "{}"), w.finish(0, "stop")}) {
        const auto chunk = object_of(event);
        CHECK(chunk["id"] == "chatcmpl-1");
        CHECK(chunk["object"] == "chat.completion.chunk");
        CHECK(chunk["created"] == 1);
        CHECK(chunk["model"] == "m");
        CHECK_FALSE(chunk.contains("usage"));
    }
}

TEST_CASE("the role comes first, the finish reason is null until the end") {
    const auto w = writer();
    CHECK(choice_of(w.role(1))["delta"]["role"] == "assistant");
    CHECK(choice_of(w.role(1))["index"] == 1);
    CHECK(choice_of(w.text(0, "a\nb"))["delta"] == json::Value{{"content", "a\nb"}});
    CHECK(choice_of(w.text(0, "a"))["finish_reason"].is_null());
    CHECK(choice_of(w.finish(0, "length"))["delta"].empty());
    CHECK(choice_of(w.finish(0, "length"))["finish_reason"] == "length");
}

TEST_CASE("id, type and name of a tool call come once, with empty arguments; then the arguments") {
    const auto w = writer();
    const ToolCall tool{.id = "call_1", .name = "add", .arguments = "{}"};
    const auto start = choice_of(w.tool_start(0, 2, tool))["delta"]["tool_calls"][0];
    CHECK(start == *json::parse(R"({"index":2,"id":"call_1","type":"function",
                                    "function":{"name":"add","arguments":""}})"));
    const auto more = choice_of(w.tool_arguments(0, 2, R"({"a":)"))["delta"]["tool_calls"][0];
    CHECK(more == *json::parse(R"({"index":2,"function":{"arguments":"{\"a\":"}})"));
}

TEST_CASE("when usage was asked for, every chunk has the key and the last one the numbers") {
    const auto w = writer(true);
    CHECK(object_of(w.text(0, "x"))["usage"].is_null());
    CHECK(object_of(w.text(0, "x")).contains("usage"));
    const auto last = object_of(w.usage({.prompt_tokens = 3, .completion_tokens = 2}));
    CHECK(last["choices"].empty());
    CHECK(last["choices"].is_array());
    CHECK(last["usage"]["total_tokens"] == 5);
}

TEST_CASE("streamed completions use their own shape and open with nothing") {
    const auto w = writer(false, ChunkWriter::Shape::completion);
    CHECK(w.role(0).empty());
    CHECK(object_of(w.text(0, "x"))["object"] == "text_completion");
    CHECK(choice_of(w.text(0, "x")) ==
          *json::parse(R"({"index":0,"text":"x","logprobs":null,"finish_reason":null})"));
    CHECK(choice_of(w.finish(0, "stop")) ==
          *json::parse(R"({"index":0,"text":"","logprobs":null,"finish_reason":"stop"})"));
}
