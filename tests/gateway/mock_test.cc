#include "gateway/mock.h"

#include "base/text.h"
#include "json/value.h"

#include <doctest/doctest.h>

#include <cmath>
#include <set>

using namespace ogem;
using gateway::MockAnswer;
using gateway::MockCall;
using gateway::MockEndpoint;

namespace {

MockAnswer ask(std::string_view model, std::string_view body, wire::Headers headers = {},
               MockEndpoint endpoint = MockEndpoint::chat) {
    const auto shown = cat("mock/", model);
    const MockCall call{.endpoint = endpoint,
                        .model = model,
                        .shown_model = shown,
                        .body = body,
                        .headers = headers,
                        .id = "r1",
                        .unix_seconds = 1'700'000'000};
    return plan_mock(call);
}

json::Value read(std::string_view text) {
    auto value = json::parse(text);
    REQUIRE_MESSAGE(value, text);
    return *value;
}

json::Value whole(const MockAnswer& answer, int status = 200) {
    CHECK(answer.status == status);
    CHECK_FALSE(answer.stream);
    REQUIRE(answer.pieces.size() == 1);
    return read(answer.pieces[0].bytes);
}

// The objects of a stream, its "[DONE]" checked and left out.
std::vector<json::Value> events(const MockAnswer& answer) {
    REQUIRE(answer.stream);
    std::string all;
    for (const auto& piece : answer.pieces) all += piece.bytes;
    REQUIRE(all.ends_with("data: [DONE]\n\n"));
    std::vector<json::Value> objects;
    for (std::size_t at = 0, end; all.substr(at) != "data: [DONE]\n\n"; at = end + 2) {
        end = all.find("\n\n", at);
        objects.push_back(read(std::string_view(all).substr(at + 6, end - at - 6)));
    }
    return objects;
}

std::string streamed_text(const MockAnswer& answer, int choice = 0) {
    std::string text;
    for (const auto& event : events(answer))
        for (const auto& one : event["choices"])
            if (one["index"] == choice && one["delta"].contains("content"))
                text += one["delta"]["content"].get<std::string>();
    return text;
}

Duration total(const MockAnswer& answer) {
    Duration sum{};
    for (const auto& piece : answer.pieces) sum += piece.after;
    return sum;
}

std::string refusal(const MockAnswer& answer, int status = 400) {
    return whole(answer, status)["error"]["message"].get<std::string>();
}

constexpr auto kHello = R"({"model":"x","messages":[{"role":"user","content":"hello big world"}]})";
constexpr auto kHelloStream =
    R"({"stream":true,"messages":[{"role":"user","content":"hello big world"}]})";

}  // namespace

TEST_CASE("mock/echo answers with the last user text and counts it") {
    const auto answer = whole(ask("echo", R"({"messages":[{"role":"system","content":"be brief"},
        {"role":"user","content":"first"},{"role":"assistant","content":"x"},
        {"role":"user","content":"  two words"}]})"));
    CHECK(answer["object"] == "chat.completion");
    CHECK(answer["id"] == "chatcmpl-r1");
    CHECK(answer["created"] == 1'700'000'000);
    CHECK(answer["model"] == "mock/echo");
    CHECK(answer["choices"][0]["message"]["content"] == "  two words");
    CHECK(answer["choices"][0]["finish_reason"] == "stop");
    CHECK(answer["usage"]["prompt_tokens"] == 6);
    CHECK(answer["usage"]["completion_tokens"] == 2);
}

TEST_CASE("mock/echo joins text parts with line breaks and skips pictures") {
    const auto answer = whole(ask("echo", R"({"messages":[{"role":"user","content":[
        {"type":"text","text":"one"},{"type":"image_url","image_url":{"url":"x"}},
        {"type":"text","text":"two"}]}]})"));
    CHECK(answer["choices"][0]["message"]["content"] == "one\ntwo");
}

TEST_CASE("a stream opens with the role, ends with its reason, and says the same text") {
    const auto answer = ask("echo", kHelloStream);
    CHECK(wire::Headers{answer.headers[0]} == wire::Headers{{"content-type", "text/event-stream"}});
    CHECK(streamed_text(answer) == "hello big world");
    const auto objects = events(answer);
    CHECK(objects.front()["choices"][0]["delta"]["role"] == "assistant");
    CHECK(objects.back()["choices"][0]["finish_reason"] == "stop");
    CHECK(objects.size() == 5);
    CHECK_FALSE(objects.back().contains("usage"));
}

TEST_CASE("a stream gives its usage last, with no choices, when it was asked for") {
    const auto objects = events(ask("echo", R"({"stream":true,
        "stream_options":{"include_usage":true},
        "messages":[{"role":"user","content":"hello big world"}]})"));
    CHECK(objects.front()["usage"].is_null());
    CHECK(objects.back()["choices"].empty());
    CHECK(objects.back()["usage"]["prompt_tokens"] == 3);
    CHECK(objects.back()["usage"]["total_tokens"] == 6);
}

TEST_CASE("text in any language survives being streamed") {
    const std::string text =
        "안녕하세요세계여러분반갑습니다 👩‍👩‍👧 naïve   spaces \n tail "
        " ";
    const auto body =
        json::Value{{"stream", true}, {"messages", {{{"role", "user"}, {"content", text}}}}};
    const auto answer = ask("echo", body.dump());
    CHECK(streamed_text(answer) == text);
    CHECK_MESSAGE(answer.pieces.size() > 10, "long words are cut");
}

TEST_CASE("mock/lorem says 64 tokens, or as many as x-mock-tokens asks") {
    CHECK(whole(ask("lorem", kHello))["usage"]["completion_tokens"] == 64);
    CHECK(
        whole(ask("lorem", kHello, {{"X-Mock-Tokens", "3"}}))["choices"][0]["message"]["content"] ==
        "lorem ipsum dolor");
    CHECK(whole(ask("lorem", kHello, {{"x-mock-tokens", "0"}}))["usage"]["completion_tokens"] == 0);
}

TEST_CASE("max_tokens cuts the answer and says so; max_completion_tokens wins over it") {
    const auto cut = [](std::string_view limits) {
        return whole(ask(
            "echo", cat("{", limits,
                        R"(,"messages":[{"role":"user","content":"a b c d"}]})")))["choices"][0];
    };
    CHECK(cut(R"("max_tokens":2)")["message"]["content"] == "a b");
    CHECK(cut(R"("max_tokens":2)")["finish_reason"] == "length");
    CHECK(cut(R"("max_tokens":4)")["finish_reason"] == "stop");
    CHECK(cut(R"("max_tokens":1,"max_completion_tokens":3)")["message"]["content"] == "a b c");
}

TEST_CASE("the answer ends before the first stop text") {
    const auto stopped = [](std::string_view stop) {
        return whole(
            ask("echo",
                cat(R"({"stop":)", stop,
                    R"(,"messages":[{"role":"user","content":"one two three"}]})")))["choices"][0];
    };
    CHECK(stopped(R"(" three")")["message"]["content"] == "one two");
    CHECK(stopped(R"(["three","two"])")["message"]["content"] == "one ");
    CHECK(stopped(R"("two")")["finish_reason"] == "stop");
    CHECK(stopped("null")["message"]["content"] == "one two three");
}

TEST_CASE("n choices are n choices, whole and streamed, and all are counted") {
    const auto answer =
        whole(ask("echo", R"({"n":3,"messages":[{"role":"user","content":"a b"}]})"));
    CHECK(answer["choices"].size() == 3);
    CHECK(answer["choices"][2]["index"] == 2);
    CHECK(answer["usage"]["completion_tokens"] == 6);
    const auto stream =
        ask("echo", R"({"n":2,"stream":true,"messages":[{"role":"user","content":"a b"}]})");
    CHECK(streamed_text(stream, 0) == "a b");
    CHECK(streamed_text(stream, 1) == "a b");
}

TEST_CASE("mock/tools calls the first function, arguments made from its required members") {
    const auto answer = whole(ask("tools", R"({"messages":[{"role":"user","content":"go"}],
        "tools":[{"type":"function","function":{"name":"book","parameters":{"type":"object",
          "required":["city","nights","class","guests","paid","address"],
          "properties":{"city":{"type":"string"},"nights":{"type":"integer","minimum":2},
            "class":{"enum":["eco","first"]},"guests":{"type":"array"},"paid":{"type":"boolean"},
            "address":{"$ref":"#/$defs/address"},"note":{"type":"string"}},
          "$defs":{"address":{"type":["object","null"],"required":["zip"],
            "properties":{"zip":{"anyOf":[{"type":"number"},{"type":"null"}]}}}}}}},
        {"type":"function","function":{"name":"other"}}]})"));
    const auto& choice = answer["choices"][0];
    CHECK(choice["finish_reason"] == "tool_calls");
    CHECK(choice["message"]["content"].is_null());
    const auto& call = choice["message"]["tool_calls"][0];
    CHECK(call["id"] == "call_r1_0");
    CHECK(call["function"]["name"] == "book");
    CHECK(
        call["function"]["arguments"] ==
        R"({"city":"example","nights":2,"class":"eco","guests":[],"paid":false,"address":{"zip":0}})");
}

TEST_CASE("mock/tools streams a call that puts itself together again") {
    const auto objects = events(ask("tools", R"({"stream":true,
        "messages":[{"role":"user","content":"go"}],"tools":[{"type":"function",
        "function":{"name":"f","parameters":{"required":["a","b"],"properties":{}}}}]})"));
    std::string arguments;
    for (const auto& object : objects)
        if (object["choices"][0]["delta"].contains("tool_calls"))
            arguments += object["choices"][0]["delta"]["tool_calls"][0]["function"]["arguments"]
                             .get<std::string>();
    CHECK(arguments == R"({"a":"example","b":"example"})");
    CHECK(objects[1]["choices"][0]["delta"]["tool_calls"][0]["function"]["name"] == "f");
    CHECK(objects.back()["choices"][0]["finish_reason"] == "tool_calls");
}

TEST_CASE("mock/tools calls what tool_choice names, and ends an agent's loop after the result") {
    constexpr auto kTools = R"("tools":[{"type":"function","function":{"name":"f"}},
                                        {"type":"function","function":{"name":"g"}}])";
    const auto named = whole(ask("tools", cat(R"({"messages":[{"role":"user","content":"go"}],
        "tool_choice":{"type":"function","function":{"name":"g"}},)",
                                              kTools, "}")));
    CHECK(named["choices"][0]["message"]["tool_calls"][0]["function"]["name"] == "g");
    CHECK(named["choices"][0]["message"]["tool_calls"][0]["function"]["arguments"] == "{}");
    const auto ended = whole(ask("tools", cat(R"({"messages":[{"role":"user","content":"go"},
        {"role":"tool","tool_call_id":"call_1","content":"42"}],)",
                                              kTools, "}")));
    CHECK(ended["choices"][0]["message"]["content"] == "42");
    CHECK(ended["choices"][0]["finish_reason"] == "stop");
    CHECK(refusal(ask("tools", kHello)).find("no function to call") != std::string::npos);
}

TEST_CASE("a schema that refers to itself gives small arguments, not endless ones") {
    const auto answer = whole(ask("tools", R"({"messages":[{"role":"user","content":"go"}],
        "tools":[{"type":"function","function":{"name":"f","parameters":{"required":["a","b","c"],
        "properties":{"a":{"$ref":"#"},"b":{"$ref":"#"},"c":{"$ref":"#/properties/c"}}}}}]})"));
    const auto& call = answer["choices"][0]["message"]["tool_calls"][0];
    CHECK(call["function"]["arguments"].get<std::string>().size() < 20'000);
}

TEST_CASE("mock/error-STATUS answers that status with an error in OpenAI's shape (4.16)") {
    const auto limited = ask("error-429", "not even JSON");
    CHECK(whole(limited, 429)["error"]["code"] == "rate_limit_exceeded");
    CHECK(wire::Header{"retry-after", "1"} == limited.headers.back());
    CHECK(whole(ask("error-503", kHelloStream), 503)["error"]["type"] ==
          "service_unavailable_error");
    CHECK(whole(ask("error-400", kHello), 400)["error"]["type"] == "invalid_request_error");
    CHECK(whole(ask("error-418", kHello), 418)["error"]["code"].is_null());
    CHECK(whole(ask("error-599", kHello), 599)["error"]["type"] == "server_error");
    for (const auto* name :
         {"error-200", "error-", "error-600", "error-4x0", "error-4290", "gpt-4"})
        CHECK(refusal(ask(name, kHello), 404).find("error-STATUS") != std::string::npos);
}

TEST_CASE("headers shape the time: delay before the head, ttft before the first token, then pace") {
    const wire::Headers slow{
        {"x-mock-delay", "2s"}, {"x-mock-ttft", "500"}, {"x-mock-tokens-per-second", "4"}};
    const auto stream = ask("echo", kHelloStream, slow);
    CHECK(stream.pieces[0].after == 2s);
    CHECK(stream.pieces[1].after == 500ms);
    CHECK(stream.pieces[2].after == 250ms);
    CHECK(stream.pieces[4].after == 0s);
    CHECK(total(stream) == 3s);
    CHECK_MESSAGE(total(ask("echo", kHello, slow)) == 3250ms, "whole: three tokens take 750 ms");
    CHECK(total(ask("error-500", kHello, slow)) == 2s);
    CHECK(total(ask("echo", kHelloStream)) == 0s);
}

TEST_CASE("a header that makes no sense is a 400 that names it") {
    for (const auto* value : {"fast", "-1s", "2h", "1.2.3"})
        CHECK(refusal(ask("echo", kHello, {{"x-mock-delay", value}})).find("x-mock-delay") == 0);
    CHECK(refusal(ask("echo", kHello, {{"x-mock-ttft", "5 s"}})).find("x-mock-ttft") == 0);
    CHECK(refusal(ask("lorem", kHello, {{"x-mock-tokens", "1e3"}})).find("x-mock-tokens") == 0);
    CHECK(refusal(ask("echo", kHello, {{"x-mock-tokens-per-second", "0"}}))
              .find("x-mock-tokens-per-second") == 0);
}

TEST_CASE("a request that OpenAI would refuse is refused with a sentence") {
    CHECK(refusal(ask("echo", "{")).find("not valid JSON") != std::string::npos);
    CHECK(refusal(ask("echo", "[]")).find("not a JSON object") != std::string::npos);
    CHECK(refusal(ask("echo", "{}")).find("messages") == 0);
    CHECK(refusal(ask("echo", R"({"messages":[]})")).find("messages") == 0);
    CHECK(refusal(ask("echo", R"({"messages":["hi"]})")).find("role") != std::string::npos);
    for (const auto* wrong :
         {R"("n":0)", R"("n":129)", R"("n":"two")", R"("max_tokens":0)", R"("max_tokens":1.5)",
          R"("stream":"yes")", R"("stop":[1])", R"("stop":["a","b","c","d","e"])"}) {
        const auto body = cat("{", wrong, R"(,"messages":[{"role":"user","content":"x"}]})");
        const auto name = std::string_view(wrong).substr(1, std::string_view(wrong).find(':') - 2);
        CHECK(refusal(ask("echo", body)).starts_with(name));
    }
}

TEST_CASE("null is as good as absent (openai.md section 1)") {
    const auto answer = ask("echo", R"({"n":null,"stop":null,"stream":null,"max_tokens":null,
        "stream_options":null,"messages":[{"role":"user","content":"x"}]})");
    CHECK(whole(answer)["choices"][0]["message"]["content"] == "x");
}

TEST_CASE("answers are bounded however much is asked for") {
    const auto long_text = std::string(1u << 20, 'a');
    const auto echo = [&](std::string_view members) {
        return ask("echo", cat("{", members, R"("messages":[{"role":"user","content":")", long_text,
                               "\"}]}"));
    };
    CHECK(refusal(echo(R"("n":128,)")).find("32 MiB") != std::string::npos);
    CHECK(echo(R"("stream":true,)").pieces.size() < 20'100);
    CHECK(streamed_text(echo(R"("stream":true,)")) == long_text);
    CHECK(refusal(ask("lorem", kHello, {{"x-mock-tokens", "1000001"}})).find("x-mock-tokens") == 0);
}

TEST_CASE("completions echo each prompt in OpenAI's old shape") {
    const auto answer =
        whole(ask("echo", R"({"prompt":["a b","c"],"n":2})", {}, MockEndpoint::completion));
    CHECK(answer["object"] == "text_completion");
    CHECK(answer["id"] == "cmpl-r1");
    CHECK(answer["choices"].size() == 4);
    CHECK(answer["choices"][1]["text"] == "a b");
    CHECK(answer["choices"][2]["text"] == "c");
    CHECK(answer["usage"]["prompt_tokens"] == 3);
    CHECK(whole(ask("echo", R"({"prompt":[1,2]})", {},
                    MockEndpoint::completion))["choices"][0]["text"] == "[1,2]");
    CHECK(refusal(ask("echo", "{}", {}, MockEndpoint::completion)) == "prompt: missing");
    const auto stream =
        events(ask("echo", R"({"prompt":"a b","stream":true})", {}, MockEndpoint::completion));
    CHECK(stream[0]["choices"][0]["text"] == "a");
    CHECK(stream.back()["choices"][0]["finish_reason"] == "stop");
}

TEST_CASE("embeddings depend on the text alone, have length one and the size asked for") {
    const auto embed = [](std::string_view body) {
        return whole(ask("echo", body, {}, MockEndpoint::embedding));
    };
    const auto answer = embed(R"({"input":["cat","dog","cat"],"dimensions":8})");
    CHECK(answer["object"] == "list");
    CHECK(answer["model"] == "mock/echo");
    CHECK(answer["usage"]["prompt_tokens"] == 3);
    const auto& data = answer["data"];
    CHECK(data[0]["embedding"].size() == 8);
    CHECK(data[0]["embedding"] == data[2]["embedding"]);
    CHECK(data[0]["embedding"] != data[1]["embedding"]);
    double squares = 0;
    for (const auto& number : data[0]["embedding"]) squares += std::pow(number.get<double>(), 2);
    CHECK(squares == doctest::Approx(1));
    CHECK(embed(R"({"input":"cat"})")["data"][0]["embedding"].size() == 64);
    CHECK(
        embed(
            R"({"input":"cat","dimensions":3,"encoding_format":"base64"})")["data"][0]["embedding"]
            .get<std::string>()
            .size() == 16);
    CHECK(embed(R"({"input":[1,2,3]})")["data"].size() == 1);
    CHECK(embed(R"({"input":[[1,2],[3]]})")["data"].size() == 2);
}

TEST_CASE("an embeddings request that makes no sense is a 400 that says what") {
    for (const auto* wrong :
         {R"({})", R"({"input":[]})", R"({"input":"x","dimensions":0})",
          R"({"input":"x","dimensions":5000})", R"({"input":"x","encoding_format":"hex"})", "7"})
        CHECK_FALSE(refusal(ask("echo", wrong, {}, MockEndpoint::embedding)).empty());
}
