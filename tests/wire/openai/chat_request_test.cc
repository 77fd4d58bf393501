#include "support/fixture.h"
#include "wire/openai/requests.h"

#include <doctest/doctest.h>

using namespace ogem;
using namespace ogem::test;
using chat::Part;
using chat::Role;

TEST_CASE("a simple request is read as it is written") {
    const auto request = with(R"("temperature":0,"top_p":0.5,"seed":123456789012345678901234567890,
        "stream":true,"stream_options":{"include_usage":true},"user":"u","service_tier":"flex",
        "presence_penalty":-1,"frequency_penalty":2,"reasoning_effort":"high","top_k":40,
        "logprobs":true,"top_logprobs":3,"n":2,"parallel_tool_calls":false)");
    CHECK(request.model == "m");
    CHECK(request.messages.size() == 1);
    CHECK(request.messages[0].plain);
    CHECK(request.messages[0].content[0].text == "Hi");
    CHECK(request.sampling.temperature == 0.0);  // pitfall 38: zero is not "unset"
    CHECK(request.sampling.seed == "123456789012345678901234567890");  // pitfall 61
    CHECK(request.sampling.n == 2);
    CHECK(request.sampling.top_k == 40);
    CHECK(request.sampling.top_logprobs == 3);
    CHECK(request.stream);
    CHECK(request.usage_asked);
    CHECK(request.parallel_tool_calls == false);
    CHECK(request.rest.empty());
}

TEST_CASE("null is as good as absent everywhere (pitfall 60)") {
    const auto plain = read(R"({"model":"m","messages":[{"role":"user","content":"Hi"}]})");
    CHECK(with(R"("temperature":null,"stop":null,"n":null,"stream":null,"tools":null,"seed":null,
        "tool_choice":null,"response_format":null,"stream_options":null,"user":null,"x_foo":null,
        "max_tokens":null,"logprobs":null,"functions":null,"function_call":null)") == plain);
    CHECK(message(R"("role":"assistant","content":null,"tool_calls":null,"name":null)") ==
          message(R"("role":"assistant")"));
}

TEST_CASE("members that nobody knows are kept in the client's order (F12, O-30, R-3)") {
    const auto request = with(R"("x_foo": {"b":1, "a":[2]},"logit_bias":{"7":-100},"store":true)");
    REQUIRE(request.rest.size() == 3);
    CHECK(request.rest[0] == chat::Extra{"x_foo", R"({"b":1, "a":[2]})"});
    CHECK(request.rest[1] == chat::Extra{"logit_bias", R"({"7":-100})"});
    CHECK(request.rest[2] == chat::Extra{"store", "true"});
    CHECK(message(R"("role":"user","content":"","audio":{"id":"a"})").rest[0].name == "audio");
}

TEST_CASE("a stop string is a list of one (F6, pitfall 34)") {
    CHECK(with(R"("stop":"END")").sampling.stop == std::vector<std::string>{"END"});
    CHECK(with(R"("stop":["a","b"])").sampling.stop == std::vector<std::string>{"a", "b"});
    CHECK(refusal(R"("stop":["a",1])") == "stop[1]");
    CHECK(refusal(R"("stop":7)") == "stop");
}

TEST_CASE("max_completion_tokens wins over max_tokens in any order (behaviour 4.18)") {
    for (const auto* both : {R"("max_tokens":5,"max_completion_tokens":9)",
                             R"("max_completion_tokens":9,"max_tokens":5)"}) {
        CHECK(with(both).sampling.max_tokens == 9);
        CHECK_FALSE(with(both).sampling.old_max_tokens);
    }
    CHECK(with(R"("max_tokens":5.0)").sampling.max_tokens == 5);  // pitfall 61
    CHECK(with(R"("max_tokens":5)").sampling.old_max_tokens);
    CHECK(refusal(R"("max_tokens":0)") == "max_tokens");
    CHECK(refusal(R"("max_completion_tokens":"9")") == "max_completion_tokens");
}

TEST_CASE("user stands above safety_identifier in any order") {
    CHECK(with(R"("safety_identifier":"s")").user == "s");
    for (const auto* both :
         {R"("user":"u","safety_identifier":"s")", R"("safety_identifier":"s","user":"u")"}) {
        CHECK(with(both).user == "u");
        CHECK(with(both).rest == std::vector<chat::Extra>{{"safety_identifier", "\"s\""}});
    }
}

TEST_CASE("developer messages are system messages that remember their name (O-33, pitfall 7)") {
    const auto developer = message(R"("role":"developer","content":"Be brief.","name":"d")");
    CHECK(developer.role == Role::system);
    CHECK(developer.developer);
    CHECK(developer.name == "d");
    const auto system = message(
        R"("role":"system","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}])");
    CHECK_FALSE(system.developer);
    CHECK(system.content.size() == 2);  // pitfall 8, O-32
    CHECK_FALSE(system.plain);
}

TEST_CASE("a list inside messages is flattened once (behaviour 2, row 4)") {
    const auto request = read(R"({"messages":[[{"role":"system","content":"s"},
        {"role":"user","content":"u"}],{"role":"assistant","content":"a"}]})");
    REQUIRE(request.messages.size() == 3);
    CHECK(request.messages[1].role == Role::user);
    CHECK(request.messages[2].role == Role::assistant);
    CHECK(refusal(R"("messages":[[[{"role":"user","content":"u"}]]])") == "messages[0][0]");
}

TEST_CASE("parts keep what they hold (O-29, R-5)") {
    const auto user = message(R"("role":"user","content":[{"text":"Look","type":"text"},
        {"type":"image_url","image_url":{"url":"https://x/a.png","detail":"low",
         "headers":{"A":"b"}},"x":1},
        {"type":"input_audio","input_audio":{"data":"AAAA","format":"wav"}},
        {"type":"file","file":{"filename":"a.pdf","file_data":"data:application/pdf;base64,AA"}},
        {"type":"file_url","file_url":{"url":"https://x/a.docx"}},
        {"type":"text","text":"!","cache_control":{"type":"ephemeral"}},
        {"type":"text","text":"?","prompt_cache_breakpoint":{"mode":"explicit"}}])");
    REQUIRE(user.content.size() == 7);
    CHECK(user.content[0].text == "Look");
    CHECK(user.content[1].kind == Part::Kind::image);
    CHECK(user.content[1].url == "https://x/a.png");
    CHECK(user.content[1].detail == "low");
    CHECK(user.content[1].rest ==
          std::vector<chat::Extra>{{"x", "1"}, {"image_url.headers", R"({"A":"b"})"}});
    CHECK(user.content[2].format == "wav");
    CHECK(user.content[3].file_name == "a.pdf");
    CHECK(user.content[4].kind == Part::Kind::file);
    CHECK(user.content[4].url == "https://x/a.docx");
    CHECK(user.content[5].cache_control == R"({"type":"ephemeral"})");
    CHECK(user.content[6].cache_control == R"({"mode":"explicit"})");
}

TEST_CASE("assistant turns keep text and calls, and a refusal (O-35, pitfall 3)") {
    const auto turn = message(R"("role":"assistant","content":"Let me see.","tool_calls":[
        {"id":"c1","type":"function","function":{"name":"f","arguments":"{\"a\": 1"}},
        {"id":"c2","type":"custom","custom":{"name":"patch","input":"*** Begin"}},
        {"id":"c3","function":{"name":"g","arguments":{"b": 2}}}])");
    CHECK(turn.content[0].text == "Let me see.");
    REQUIRE(turn.calls.size() == 3);
    CHECK(turn.calls[0] == chat::ToolCall{"c1", "f", "{\"a\": 1", false, ""});  // not parsed
    CHECK(turn.calls[1] == chat::ToolCall{"c2", "patch", "*** Begin", true, ""});
    CHECK(turn.calls[2].arguments == R"({"b": 2})");
    const auto refused = message(R"("role":"assistant","content":null,"refusal":"No.")");
    REQUIRE(refused.content.size() == 1);
    CHECK(refused.content[0].kind == Part::Kind::refusal);
    CHECK(refused.content[0].text == "No.");
}

TEST_CASE("content null, absent or empty is no failure (R-4, pitfall 9)") {
    CHECK(message(R"("role":"assistant","content":null)").content.empty());
    CHECK(message(R"("role":"tool","tool_call_id":"c","content":null)").content.empty());
    CHECK(message(R"("role":"assistant","content":"")").plain);
    const auto parts =
        message(R"("role":"tool","tool_call_id":"c","content":[{"type":"text","text":"3 C"}])");
    CHECK(parts.call_id == "c");
    CHECK(parts.content[0].text == "3 C");
}

TEST_CASE("an unknown role or part is refused with its path (pitfall 62)") {
    CHECK(refused_message(R"("role":"robot","content":"x")") == "messages[0].role");
    CHECK(refused_message(R"("content":"x")") == "messages[0].role");
    CHECK(refused_part(R"({"type":"text","text":"a"},{"type":"video","video":1})") ==
          "messages[0].content[1].type");
    CHECK(refused_part(R"({"text":"a"})") == "messages[0].content[0].type");
    CHECK(refused_part(R"({"type":"text"})") == "messages[0].content[0].text");
    CHECK(refused_part(R"({"type":"text","text":{"value":"a"}})") == "messages[0].content[0].text");
    CHECK(refused_part(R"({"type":"image_url","image_url":"https://x"})") ==
          "messages[0].content[0].image_url");
    CHECK(refused_part(R"({"type":"image_url","image_url":{}})") ==
          "messages[0].content[0].image_url.url");
    CHECK(refused_part(R"("text")") == "messages[0].content[0]");
    CHECK(refused_message(R"("role":"tool","content":"x")") == "messages[0].tool_call_id");  // O-32
    CHECK(refused_message(R"("role":"user","content":5)") == "messages[0].content");
    CHECK(refused_message(R"("role":"assistant","tool_calls":[{"type":"function"}])") ==
          "messages[0].tool_calls[0].id");
    const auto said = try_read(R"({"messages":[{"role":"user","content":[{"type":"video"}]}]})");
    CHECK(said.error().message ==
          "messages[0].content[0].type: \"video\" is not text, image_url, input_audio, file, "
          "file_url or refusal");
}

TEST_CASE("members of the wrong type are refused by name") {
    for (const std::string name : {"temperature", "top_p", "n", "seed", "stream", "user", "model",
                                   "stream_options", "logprobs", "messages", "functions"}) {
        CAPTURE(name);
        CHECK(refusal(cat('"', name, R"(":["wrong"])")).starts_with(name));
    }
    CHECK(refusal(R"("n":0)") == "n");
    CHECK(refusal(R"("n":129)") == "n");
    CHECK(refusal(R"("n":1.5)") == "n");
}

TEST_CASE("no messages, and what is no JSON, is refused in a sentence (O-43)") {
    CHECK(refusal(R"("messages":[])") == "messages");
    CHECK(try_read(R"({"model":"m"})").error().field == "messages");
    for (const auto* body :
         {"", "[]", "{", "\"x\"", R"({"a":tru})", R"({"messages":[{]})", "{}x"}) {
        CAPTURE(body);
        CHECK(try_read(body).error().kind == Kind::invalid);
    }
    CHECK(try_read("[]").error().message == "the body must be an object");
}

TEST_CASE("names may be escaped, and the last of two members counts") {
    CHECK(read(R"({"\u006dessages":[{"r\u006fle":"user","content":"a"}]})").messages.size() == 1);
    CHECK(message(R"("role":"user","content":"a","content":"b")").content.size() == 1);
}

TEST_CASE("the OpenAI side of every translation fixture is understood") {
    for (const auto* kind : {"oai2ant_req", "oai2gem_req"})
        for (const auto& fixture : test::wire_fixtures(kind)) {
            CAPTURE(fixture["name"]);
            CHECK(try_read(fixture["input"].dump()));
        }
}
