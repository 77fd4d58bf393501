#include "openai/voice.h"
#include "rule_cases.h"

using namespace ogem;
using namespace ogem::fake;

namespace {

constexpr const char* kPath = "/openai/deployments/gpt/chat/completions?api-version=2024-06-01";
constexpr const char* kNewer =
    "/openai/deployments/gpt/chat/completions?api-version=2025-01-01-preview";
constexpr const char* kKey = "api-key: k\r\n";
constexpr const char* kBase = R"({"messages":[{"role":"user","content":"hello"}]})";

}  // namespace

TEST_CASE("Azure's door: key or token, a version with a date, a deployment") {
    CHECK(refusal_of(kPath, kKey, kBase) == "");
    CHECK(refusal_of(kPath, "authorization: Bearer t\r\n", kBase) == "");
    CHECK(answer_of(kPath, "", kBase).find(R"({"error":{"code":"401","message":"Access denied)") !=
          std::string::npos);
    CHECK(refusal_of("/openai/deployments/gpt/chat/completions", kKey, kBase) ==
          "Resource not found");
    CHECK(refusal_of("/openai/deployments/gpt/chat/completions?api-version=1", kKey, kBase) ==
          "Resource not found");
    CHECK(refusal_of("/openai/deployments/gpt/chat?api-version=2024-06-01", kKey, kBase) ==
          "Resource not found");
    CHECK(refusal_of("/openai/v1/chat/completions", kKey, kBase) ==
          "you must provide a model parameter");
    CHECK(refusal_of("/openai/v1/chat/completions", kKey, patched(kBase, R"({"model":"gpt"})")) ==
          "");
}

TEST_CASE("Azure's older versions do not know newer parameters") {
    for (const char* const patch :
         {R"({"stream":true,"stream_options":{"include_usage":true}})",
          R"({"max_completion_tokens":5})", R"({"reasoning_effort":"low"})",
          R"({"response_format":{"type":"json_schema","json_schema":{"name":"x"}}})"}) {
        CAPTURE(patch);
        CHECK(refusal_of(kPath, kKey, patched(kBase, patch)) != "");
        CHECK(refusal_of(kNewer, kKey, patched(kBase, patch)) == "");
    }
}

TEST_CASE("OpenAI's rules hold at Azure") {
    constexpr Rule kRules[] = {
        {"unknown fields", R"({"user":"u"})", R"({"top_k":3})", "Unknown parameter: 'top_k'"},
        {"unknown nested fields", "{}",
         R"({"messages":[{"role":"user","content":"x","text":"y"}]})", "messages[0].text"},
        {"messages", "{}", R"({"messages":[]})", "Invalid 'messages': empty array"},
        {"roles", R"({"messages":[{"role":"system","content":"x"}]})",
         R"({"messages":[{"role":"model","content":"x"}]})", "Invalid value: 'model'"},
        {"ranges", R"({"temperature":2})", R"({"temperature":3})", "'temperature'"},
        {"four stops", R"({"stop":["1","2","3","4"]})", R"({"stop":["1","2","3","4","5"]})",
         "maximum length 4"},
        {"a choice needs tools",
         R"({"tools":[{"type":"function","function":{"name":"a"}}],"tool_choice":"auto"})",
         R"({"tool_choice":"auto"})", "only allowed when 'tools'"},
        {"names of tools", "{}", R"({"tools":[{"type":"function","function":{"name":"a b"}}]})",
         "does not match pattern"},
        {"calls are answered",
         R"({"messages":[{"role":"assistant","content":null,"tool_calls":[{"id":"1","type":"function","function":{"name":"a","arguments":"{}"}}]},{"role":"tool","tool_call_id":"1","content":"x"}]})",
         R"({"messages":[{"role":"assistant","content":null,"tool_calls":[{"id":"1","type":"function","function":{"name":"a","arguments":"{}"}}]},{"role":"user","content":"x"}]})",
         "did not have response messages: 1"},
        {"answers have calls", "{}",
         R"({"messages":[{"role":"tool","tool_call_id":"1","content":"x"}]})",
         "preceeding message"},
    };
    check_rules(kPath, kKey, kBase, kRules);
}

TEST_CASE("OpenAI itself is as strict when a script says so") {
    const std::string body = patched(kBase, R"({"model":"fake-strict","top_k":3})");
    CHECK(refusal_of("/v1/chat/completions", "authorization: Bearer k\r\n", body) != "");
    CHECK(refusal_of("/v1/chat/completions", "authorization: Bearer k\r\n",
                     patched(kBase, R"({"model":"gpt","top_k":3})")) == "");
}

TEST_CASE("Azure's stream begins with a verdict on the prompt and no choice") {
    const auto text = answer_of(kPath, kKey, patched(kBase, R"({"stream":true})"));
    const auto first = text.substr(text.find("data: "));
    CHECK(first.starts_with(
        R"(data: {"choices":[],"created":0,"id":"","model":"","object":"","prompt_filter_results")"));
    CHECK(text.find(R"("content_filter_results")") != std::string::npos);
    const auto blocked = answer_of(
        "/openai/deployments/fake-blocked/chat/completions?api-version=2024-06-01", kKey, kBase);
    CHECK(blocked.find(R"("code":"content_filter")") != std::string::npos);
    CHECK(blocked.find("ResponsibleAIPolicyViolation") != std::string::npos);
}
