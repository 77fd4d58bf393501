#include "wire/gemini/contents.h"

#include "wire/gemini/written.h"

using namespace ogem;
using namespace ogem::test;
using namespace ogem::wire::gemini;

TEST_CASE("system and developer messages are hoisted from anywhere (pitfalls 7 and 8)") {
    const auto body = body_of(
        R"({"messages":[{"role":"system","content":"A"},{"role":"user","content":"x"},
        {"role":"developer","content":[{"type":"text","text":"B"},{"type":"text","text":""}]},
        {"role":"user","content":"y"},{"role":"system","content":""}]})");
    check_same(body["systemInstruction"], R"({"parts":[{"text":"A"},{"text":"B"}]})");
    check_same(body["contents"], R"([{"role":"user","parts":[{"text":"x"},{"text":"y"}]}])");
}

TEST_CASE("a request without contents asks with a filler (O-32)") {
    check_same(contents_of(R"([{"role":"system","content":"A"}])"),
               R"([{"role":"user","parts":[{"text":" "}]}])");
    check_same(contents_of(R"([{"role":"user","content":""}])"),
               R"([{"role":"user","parts":[{"text":" "}]}])");
}

TEST_CASE("assistant messages that say nothing vanish and their neighbours merge (pitfall 6)") {
    check_same(contents_of(R"([{"role":"user","content":"a"},{"role":"assistant","content":""},
        {"role":"user","content":" b\n"},{"role":"assistant","content":"c","refusal":"no"},{"role":"assistant","content":"d"}])"),
               R"([{"role":"user","parts":[{"text":"a"},{"text":" b\n"}]},
        {"role":"model","parts":[{"text":"c"},{"text":"no"},{"text":"d"}]}])");
}

TEST_CASE("images, sound and files go inline (pitfalls 51 to 53)") {
    const auto part = [](const std::string& text) {
        return contents_of(user_part(text))[0]["parts"][0];
    };
    check_same(
        part(
            R"({"type":"image_url","image_url":{"url":"data:image/jpg;x=y;base64,aG k","detail":"low"}})"),
        R"({"inlineData":{"mimeType":"image/jpeg","data":"aGk="}})");
    check_same(part(R"({"type":"input_audio","input_audio":{"data":"aGk=","format":"mp3"}})"),
               R"({"inlineData":{"mimeType":"audio/mp3","data":"aGk="}})");
    check_same(part(R"({"type":"file","file":{"filename":"a.pdf","file_data":"aGk="}})"),
               R"({"inlineData":{"mimeType":"application/pdf","data":"aGk="}})");
    check_same(
        contents_of(
            user_part(R"({"type":"image_url","image_url":{"url":"data:image/png;base64,aGk="}})")),
        R"([{"role":"user","parts":[{"inlineData":{"mimeType":"image/png","data":"aGk="}},{"text":" "}]}])");
}

TEST_CASE("gs:// goes to Vertex as a file, and nowhere else") {
    const auto file =
        user_part(R"({"type":"image_url","image_url":{"url":"gs://b/x","mime_type":"image/png"}})");
    check_same(contents_of(file, vertex(), Service::vertex)[0]["parts"][0],
               R"({"fileData":{"mimeType":"image/png","fileUri":"gs://b/x"}})");
    check_same(contents_of(user_part(R"({"type":"file_url","file_url":{"url":"gs://b/x.pdf"}})"),
                           vertex(), Service::vertex)[0]["parts"][0],
               R"({"fileData":{"mimeType":"application/pdf","fileUri":"gs://b/x.pdf"}})");
    CHECK(complaint_of(file) ==
          "messages[0].content[0].image_url.url: gs:// URLs can be read by Vertex only; send the "
          "file itself");
    CHECK(complaint_of(user_part(R"({"type":"image_url","image_url":{"url":"gs://b/x"}})"),
                       Service::vertex) ==
          "messages[0].content[0].image_url.url: its name does not end like that of a known type "
          "of file");
}

TEST_CASE("what Gemini cannot read is refused with its path (pitfall 62)") {
    CHECK(
        complaint_of(
            R"([{"role":"user","content":"x"},{"role":"user","content":[{"type":"text","text":"y"},
        {"type":"image_url","image_url":{"url":"https://host/a.png"}}]}])")
            .starts_with("messages[1].content[1].image_url.url: Gemini does not fetch URLs"));
    CHECK(complaint_of(user_part(R"({"type":"file","file":{"file_id":"file-1"}})"))
              .starts_with("messages[0].content[0].file.file_id: "));
    CHECK(complaint_of(user_part(R"({"type":"file","file":{"file_data":"aGk=","filename":"x"}})"))
              .starts_with("messages[0].content[0].file.filename: "));
    CHECK(complaint_of(
              user_part(R"({"type":"image_url","image_url":{"url":"data:;base64,aGk="}})")) ==
          "messages[0].content[0].image_url.url: the data URL names no media type");
    CHECK(complaint_of(
              user_part(R"({"type":"input_audio","input_audio":{"data":"!","format":"wav"}})")) ==
          "messages[0].content[0].input_audio.data: its data is not base64");
    const auto call = written(R"({"messages":[{"role":"user","content":"x"}],"n":9})");
    REQUIRE_FALSE(call);
    CHECK(call.error().message == "n: Gemini gives at most 8 answers");
    CHECK(call.error().field == "n");
    CHECK(call.error().kind == Kind::invalid);
}

TEST_CASE("arguments are an object, whatever the model wrote (pitfalls 19 and 20)") {
    const auto args = [](const std::string& text) {
        return contents_of(list(assistant(call("a", text))))[0]["parts"][0]["functionCall"]["args"]
            .dump();
    };
    CHECK(args("") == "{}");
    CHECK(args(R"( {"b":1,"a":12345678901234567890} )") == R"({"b":1,"a":12345678901234567890})");
    CHECK(args("[1]") == R"({"value":[1]})");
    CHECK(args("{\"a\":") == R"({"_raw":"{\"a\":"})");
}

TEST_CASE(
    "results stand beside their calls, in their order, as objects (pitfalls 10 to 12, O-34)") {
    check_same(
        contents_of(list(assistant(call("a") + "," + call("b")) + "," + result("b", "two") + "," +
                         result("a", R"({"x":[1]})") + R"(,{"role":"user","content":"go"},)" +
                         assistant(call("c")) + "," + result("c", "[1]"))),
        R"([{"role":"model","parts":[{"functionCall":{"name":"f_a","args":{}}},{"functionCall":{"name":"f_b","args":{}}}]},
        {"role":"user","parts":[{"functionResponse":{"name":"f_a","response":{"x":[1]}}},
                                {"functionResponse":{"name":"f_b","response":{"output":"two"}}}]},
        {"role":"user","parts":[{"text":"go"}]},
        {"role":"model","parts":[{"functionCall":{"name":"f_c","args":{}}}]},
        {"role":"user","parts":[{"functionResponse":{"name":"f_c","response":{"output":"[1]"}}}]}])");
}

TEST_CASE("a history with lost, late, repeated or unknown results is repaired (pitfall 63)") {
    check_same(
        contents_of(list(assistant(call("a") + "," + call("b")) +
                         R"(,{"role":"user","content":"hm"},)" + result("b", "1") + "," +
                         result("b", "2") + "," + result("x", "?"))),
        R"([{"role":"model","parts":[{"functionCall":{"name":"f_a","args":{}}},{"functionCall":{"name":"f_b","args":{}}}]},
        {"role":"user","parts":[{"functionResponse":{"name":"f_a","response":{"error":"no result was recorded"}}},
                                {"functionResponse":{"name":"f_b","response":{"output":"2"}}}]},
        {"role":"user","parts":[{"text":"hm"}]},
        {"role":"user","parts":[{"functionResponse":{"name":"unknown","response":{"output":"?"}}}]}])");
    check_same(
        contents_of(list(assistant(call("a")) + "," + result("a", "1") + "," + result("x", "2") +
                         "," + assistant(call("a")) + "," + result("a", "3"))),
        R"([{"role":"model","parts":[{"functionCall":{"name":"f_a","args":{}}}]},
        {"role":"user","parts":[{"functionResponse":{"name":"f_a","response":{"output":"1"}}},
                                {"functionResponse":{"name":"unknown","response":{"output":"2"}}}]},
        {"role":"model","parts":[{"functionCall":{"name":"f_a","args":{}}}]},
        {"role":"user","parts":[{"functionResponse":{"name":"f_a","response":{"output":"3"}}}]}])");
}

TEST_CASE("content of a result may be parts or nothing (pitfall 9)") {
    check_same(
        contents_of(list(
            assistant(call("a")) +
            R"(,{"role":"tool","tool_call_id":"a","content":[{"type":"text","text":"x"},{"type":"text","text":"y"}]})"))
            [1]["parts"][0]["functionResponse"]["response"],
        R"({"output":"xy"})");
    CHECK(
        complaint_of(list(
            assistant(call("a")) +
            R"(,{"role":"tool","tool_call_id":"a","content":[{"type":"image_url","image_url":{"url":"data:image/png;base64,aGk="}}]})")) ==
        "messages[1].content[0].type: the result of a tool must be text");
}

TEST_CASE(
    "calls for Gemini 3 carry a signature, or Google's word for a lost one (pitfalls 14, 15)") {
    const auto signatures = [](const wire::Place& place) {
        std::vector<std::string> found;
        const auto contents =
            contents_of(list(assistant(call("a") + "," + call("b")) + "," + result("a", "1") + "," +
                             result("b", "2") + "," + assistant(call("c"))),
                        place);
        for (const auto& content : contents)
            for (const auto& part : content["parts"])
                if (part.contains("functionCall"))
                    found.push_back(part.value("thoughtSignature", ""));
        return found;
    };
    const std::string kSkip = "skip_thought_signature_validator";
    CHECK(signatures(studio("gemini-3-pro-preview")) == std::vector{kSkip, std::string(), kSkip});
    CHECK(signatures(studio("gemini-2.5-pro")) == std::vector<std::string>(3));
    CHECK(signatures(studio("gemini-10")) == std::vector{kSkip, std::string(), kSkip});
    auto by_capability = studio("tunedModels/x");
    by_capability.can.thinking = chat::Thinking::level;
    CHECK(signatures(by_capability).front() == kSkip);
}
