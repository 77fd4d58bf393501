#include "wire/anthropic/requests.h"

#include <doctest/doctest.h>

using namespace ogem;
using namespace ogem::test;
using json::Value;

namespace {

// A call of the tool f.
std::string call(const std::string& id, const std::string& arguments = "{}") {
    return R"({"id":")" + id + R"(","type":"function","function":{"name":"f","arguments":)" +
           Value(arguments).dump() + "}}";
}

std::string calls(const std::string& list) {
    return R"({"role":"assistant","tool_calls":[)" + list + "]}";
}

std::string result(const std::string& id, const std::string& content) {
    return R"({"role":"tool","tool_call_id":")" + id + R"(","content":")" + content + "\"}";
}

const std::string kUser = R"({"role":"user","content":"x"})";

}  // namespace

TEST_CASE("system texts of all places come first, in order, empty ones left out (pitfalls 7, 8)") {
    const auto body = body_of(R"("messages":[{"role":"system","content":"A"},
        {"role":"user","content":"Hi"},{"role":"developer","content":[{"type":"text","text":"B"},
        {"type":"text","text":""},
        {"type":"text","text":"C","cache_control":{"type":"ephemeral","ttl":"1h"}}]}])");
    CHECK(body["system"] == Value::parse(R"([{"type":"text","text":"A"},{"type":"text","text":"B"},
        {"type":"text","text":"C","cache_control":{"type":"ephemeral","ttl":"1h"}}])"));
    CHECK(body["messages"].size() == 1);
}

TEST_CASE("a model that takes system messages in the middle gets them there") {
    auto place = claude();
    place.can.inline_system = true;
    const auto body =
        body_of(R"("messages":[{"role":"system","content":"A"},{"role":"user","content":"x"},
        {"role":"system","content":"B"},{"role":"assistant","content":"y"},{"role":"system","content":"C"},
        {"role":"user","content":"z"},{"role":"system","content":"D"}])",
                place);
    std::string roles;
    for (const auto& message : body["messages"]) roles += message["role"].get<std::string>() + " ";
    CHECK(roles == "user system assistant user ");  // behind an assistant, and last, it is hoisted
    CHECK(body["system"].size() == 3);
}

TEST_CASE("calls beside text keep both, and calls of two messages in a row are one turn (O-35)") {
    const auto turns =
        messages("[" + kUser + R"(,{"role":"assistant","content":"t","tool_calls":[)" +
                 call("a", "[1]") + "]}," + calls(call("b", R"( {"k":1.50} )")) +
                 R"(,{"role":"tool","tool_call_id":"a","content":null},
        {"role":"user","content":"between"},
        {"role":"tool","tool_call_id":"b","content":[{"type":"text","text":""}]}])");
    REQUIRE(turns.size() == 3);
    CHECK(turns[1]["role"] == "assistant");  // O-36
    CHECK(
        turns[1]["content"].dump() ==
        R"([{"type":"text","text":"t"},{"type":"tool_use","id":"a","name":"f","input":{"value":[1]}},)"
        R"({"type":"tool_use","id":"b","name":"f","input":{"k":1.5}}])");
    CHECK(turns[2]["content"] == Value::parse(R"([
        {"type":"tool_result","tool_use_id":"a","content":""},
        {"type":"tool_result","tool_use_id":"b","content":""},{"type":"text","text":"between"}])"));
}

TEST_CASE("a conversation that ends with calls gets their missing results (pitfall 63)") {
    const auto turns = messages("[" + kUser + "," + calls(call("a")) + "]");
    REQUIRE(turns.size() == 3);
    CHECK(turns[2]["content"] == Value::parse(R"([
        {"type":"tool_result","tool_use_id":"a","content":"","is_error":true}])"));
}

TEST_CASE("a second result of one call, and one that comes before it, are told as text") {
    const auto turns = messages("[" + result("a", "early") + "," + calls(call("a")) + "," +
                                result("a", "1") + "," + result("a", "2") + "]");
    REQUIRE(turns.size() == 3);
    CHECK(turns[0]["content"][0]["text"] == "Tool result (a): early");
    CHECK(turns[2]["content"][0]["content"] == "1");
    CHECK(turns[2]["content"][1]["text"] == "Tool result (a): 2");
}

TEST_CASE("an id that repeats in a later turn is sent under another one") {
    const auto round = calls(call("a")) + "," + result("a", "r");
    const auto turns = messages("[" + kUser + "," + round + "," + round + "]");
    CHECK(turns[1]["content"][0]["id"] == "a");
    CHECK(turns[2]["content"][0]["tool_use_id"] == "a");
    CHECK(turns[3]["content"][0]["id"] == "a_2");
    CHECK(turns[4]["content"][0]["tool_use_id"] == "a_2");
}

TEST_CASE("more calls at once than anybody makes are refused, many equal ids are cheap") {
    std::string many = call("a.b");
    for (int i = 1; i < 1024; ++i) many += "," + call("a.b");
    CHECK(messages("[" + calls(many) + "]")[1]["content"][1023]["id"] == "a_b_1024");
    CHECK(messages("[" + calls(many + "," + call("x")) + "]")["field"] == "messages[0].tool_calls");
}

TEST_CASE("text of nothing but space vanishes, and a message that has no other (pitfalls 4-6)") {
    const auto turns =
        messages(R"([{"role":"user","content":" \n"},{"role":"assistant","content":"  "},
        {"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"\t"}]},
        {"role":"user","content":"b"}])");
    CHECK(turns.dump() ==
          R"([{"role":"user","content":[{"type":"text","text":"a"},{"type":"text","text":"b"}]}])");
    CHECK(messages(R"([{"role":"system","content":"only"}])").dump() ==
          R"([{"role":"user","content":[{"type":"text","text":"."}]}])");
}

TEST_CASE("a model without prefill is asked to continue") {
    const auto turns =
        messages(R"([{"role":"user","content":"x"},{"role":"assistant","content":"y "}])",
                 claude(R"({"prefill":false})"));
    REQUIRE(turns.size() == 3);
    CHECK(turns[1]["content"][0]["text"] == "y ");
    CHECK(turns[2]["content"][0]["text"] == "Continue.");
}

TEST_CASE("a tool loop thinks on only if its thinking is at hand (pitfalls 15, 16)") {
    const auto loop = [](bool kept, const std::string& more) {
        auto request = chat_request(R"({"reasoning_effort":"low","messages":[)" + kUser +
                                    R"(,{"role":"assistant","content":"t","tool_calls":[)" +
                                    call("a") + "]}," + result("a", "r") + more + "]}");
        if (kept)
            request.messages[1].thinking = {
                R"({"type":"thinking", "thinking":"\u00e9","signature":"s="})"};
        return write(request, claude(R"({"thinking":"adaptive"})"));
    };
    const auto with_it = loop(true, "");
    CHECK(with_it->body.find(R"("thinking":{"type":"adaptive"})") != std::string::npos);
    CHECK(with_it->body.find(
              R"([{"type":"thinking", "thinking":"\u00e9","signature":"s="},{"type":"text")") !=
          std::string::npos);
    const auto without = loop(false, "");
    CHECK(without->body.find("adaptive") == std::string::npos);
    CHECK(without->dropped == std::vector<std::string>{"reasoning_effort"});
    const auto second = "," + calls(call("b")) + "," + result("b", "r");
    CHECK(loop(true, second)->dropped.empty());  // the turn began with it
    CHECK_FALSE(loop(false, second)->dropped.empty());
    const std::string over =
        R"(,{"role":"assistant","content":"done"},{"role":"user","content":"y"})";
    CHECK(loop(false, over)->dropped.empty());  // an old loop does not matter
}

TEST_CASE("a marker of a whole message stands on its last block") {
    const auto turns =
        messages(R"([{"role":"user","cache_control":{"type":"ephemeral"},"content":[
        {"type":"text","text":"a"},{"type":"text","text":"b"}]},)" +
                 calls(call("c")) +
                 R"(,{"role":"tool","tool_call_id":"c","content":"r","cache_control":{}}])");
    CHECK_FALSE(turns[0]["content"][0].contains("cache_control"));
    CHECK(turns[0]["content"][1]["cache_control"]["type"] == "ephemeral");
    CHECK(turns[2]["content"][0]["cache_control"]["type"] == "ephemeral");
}
