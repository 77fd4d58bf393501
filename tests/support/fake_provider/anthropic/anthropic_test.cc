#include "anthropic/model.h"
#include "rule_cases.h"

using namespace ogem;
using namespace ogem::fake;

namespace {

constexpr const char* kPath = "/v1/messages";
constexpr const char* kHeaders = "x-api-key: k\r\nanthropic-version: 2023-06-01\r\n";
constexpr const char* kNewer = "authorization: Bearer k\r\nanthropic-version: 2026-10-21\r\n";

constexpr const char* kBase = R"({"model":"claude-sonnet-4-5","max_tokens":2048,
  "messages":[{"role":"user","content":"hello"}]})";

// A round of two tools that was answered.
constexpr const char* kTools = R"({"model":"claude-sonnet-4-5","max_tokens":2048,
  "tools":[{"name":"a","input_schema":{"type":"object","properties":{"x":{"type":"string"}}}},
           {"name":"b","input_schema":{"type":"object"}}],
  "messages":[{"role":"user","content":"go"},
    {"role":"assistant","content":[{"type":"text","text":"so"},
      {"type":"tool_use","id":"t1","name":"a","input":{}},
      {"type":"tool_use","id":"t2","name":"b","input":{"x":1}}]},
    {"role":"user","content":[{"type":"tool_result","tool_use_id":"t1","content":"one"},
      {"type":"tool_result","tool_use_id":"t2"},{"type":"text","text":"and?"}]}]})";

constexpr Rule kBodyRules[] = {
    {"max_tokens is required", "{}", R"({"max_tokens":null})", "max_tokens: Field required"},
    {"model is required", "{}", R"({"model":null})", "model: Field required"},
    {"max_tokens is a number", R"({"max_tokens":1})", R"({"max_tokens":"1"})",
     "max_tokens: Input should be a valid integer"},
    {"unknown fields", R"({"metadata":{"user_id":"u"}})", R"({"seed":1})",
     "seed: Extra inputs are not permitted"},
    {"unknown nested fields", R"({"metadata":{"user_id":"u"}})", R"({"metadata":{"name":"u"}})",
     "metadata.name: Extra inputs are not permitted"},
    {"unknown fields of a block",
     R"({"messages":[{"role":"user","content":[{"type":"text","text":"x"}]}]})",
     R"({"messages":[{"role":"user","content":[{"type":"text","text":"x","tool_use_id":"t"}]}]})",
     "messages.0.content.0.text.tool_use_id: Extra inputs are not permitted"},
    {"temperature goes to 1", R"({"temperature":1})", R"({"temperature":1.5})", "temperature:"},
    {"new models have no temperature", R"({"model":"claude-opus-4-6","temperature":0.5})",
     R"({"model":"claude-opus-4-7","temperature":0.5})", "`temperature` is deprecated"},
    {"temperature or top_p", R"({"top_p":0.9})", R"({"top_p":0.9,"temperature":1})", "cannot both"},
    {"stop sequences say something", R"({"stop_sequences":["x"]})", R"({"stop_sequences":[" "]})",
     "stop_sequences.0"},
    {"system blocks are text", R"({"system":[{"type":"text","text":"s"}]})",
     R"({"system":[{"type":"image","source":{"type":"url","url":"https://x"}}]})", "system.0"},
    {"thinking has a budget", R"({"thinking":{"type":"enabled","budget_tokens":1024}})",
     R"({"thinking":{"type":"enabled"}})", "thinking.enabled.budget_tokens: Field required"},
    {"the budget is 1024 at least", R"({"thinking":{"type":"enabled","budget_tokens":1024}})",
     R"({"thinking":{"type":"enabled","budget_tokens":1000}})", "greater than or equal to 1024"},
    {"the budget is below max_tokens", R"({"thinking":{"type":"enabled","budget_tokens":2047}})",
     R"({"thinking":{"type":"enabled","budget_tokens":2048}})", "must be greater than"},
    {"no temperature with thinking",
     R"({"thinking":{"type":"enabled","budget_tokens":1024},"temperature":1})",
     R"({"thinking":{"type":"enabled","budget_tokens":1024},"temperature":0.5})",
     "may only be set to 1"},
    {"budgets end with 4.6",
     R"({"model":"claude-opus-4-6","thinking":{"type":"enabled","budget_tokens":1024}})",
     R"({"model":"claude-opus-4-7","thinking":{"type":"enabled","budget_tokens":1024}})",
     "thinking.type.adaptive"},
    {"adaptive begins with 4.6", R"({"model":"claude-opus-4-6","thinking":{"type":"adaptive"}})",
     R"({"thinking":{"type":"adaptive"}})", "adaptive thinking is not supported"},
    {"first the user", "{}",
     R"({"messages":[{"role":"assistant","content":"x"},{"role":"user","content":"y"}]})",
     "first message must use the \"user\" role"},
    {"equal roles are merged",
     R"({"messages":[{"role":"user","content":"x"},{"role":"user","content":"y"}]})",
     R"({"messages":[{"role":"tool","content":"x"}]})", "messages.0.role"},
    {"system is no message of old models",
     R"({"model":"claude-opus-4-8","messages":[{"role":"user","content":"x"},{"role":"system","content":"y"}]})",
     R"({"messages":[{"role":"user","content":"x"},{"role":"system","content":"y"}]})",
     "Unexpected role \"system\""},
    {"messages are not empty", "{}", R"({"messages":[{"role":"user","content":""}]})",
     "non-empty content"},
    {"texts are not empty", "{}",
     R"({"messages":[{"role":"user","content":[{"type":"text","text":""}]}]})",
     "text content blocks must be non-empty"},
    {"texts are not blank", "{}", R"({"messages":[{"role":"user","content":" \n"}]})",
     "non-whitespace"},
    {"a last assistant does not end in space",
     R"({"messages":[{"role":"user","content":"x"},{"role":"assistant","content":"y"}]})",
     R"({"messages":[{"role":"user","content":"x"},{"role":"assistant","content":"y "}]})",
     "trailing whitespace"},
    {"prefill ends with 4.5",
     R"({"messages":[{"role":"user","content":"x"},{"role":"assistant","content":"y"}]})",
     R"({"model":"claude-opus-4-6","messages":[{"role":"user","content":"x"},{"role":"assistant","content":"y"}]})",
     "does not support assistant message prefill"},
    {"image types",
     R"({"messages":[{"role":"user","content":[{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AAAA"}}]}]})",
     R"({"messages":[{"role":"user","content":[{"type":"image","source":{"type":"base64","media_type":"image/bmp","data":"AAAA"}}]}]})",
     "media_type"},
    {"base64 is base64",
     R"({"messages":[{"role":"user","content":[{"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"AAAA"}}]}]})",
     R"({"messages":[{"role":"user","content":[{"type":"document","source":{"type":"base64","media_type":"application/pdf","data":"!"}}]}]})",
     "invalid base64"},
    {"cache markers",
     R"({"system":[{"type":"text","text":"s","cache_control":{"type":"ephemeral","ttl":"1h"}}]})",
     R"({"system":[{"type":"text","text":"s","cache_control":{"type":"ephemeral","ttl":"2h"}}]})",
     "ttl"},
    {"a schema is strict",
     R"({"output_config":{"format":{"type":"json_schema","schema":{"type":"object","properties":{"a":{"enum":[1,"x"]}},"additionalProperties":false}}}})",
     R"({"output_config":{"format":{"type":"json_schema","schema":{"type":"object","properties":{}}}}})",
     "'additionalProperties' must be explicitly set to false"},
    {"keywords of a schema",
     R"({"output_config":{"format":{"type":"json_schema","schema":{"type":"array","items":{"type":"string","format":"uuid"},"minItems":1}}}})",
     R"({"output_config":{"format":{"type":"json_schema","schema":{"type":"string","minLength":2}}}})",
     "'minLength' is not supported"},
    {"effort has levels", R"({"output_config":{"effort":"low"}})",
     R"({"output_config":{"effort":"minimal"}})", "effort"},
};

constexpr Rule kToolRules[] = {
    {"names of tools", R"({"tool_choice":{"type":"auto"}})",
     R"({"tools":[{"name":"a b","input_schema":{"type":"object"}}]})",
     "tools.0.custom.name: String should match"},
    {"names are unique", "{}",
     R"({"tools":[{"name":"a","input_schema":{"type":"object"}},{"name":"a","input_schema":{"type":"object"}}]})",
     "Tool names must be unique"},
    {"schemas are objects", "{}", R"({"tools":[{"name":"a","input_schema":{"type":"string"}}]})",
     "Input should be 'object'"},
    {"a choice names a tool", R"({"tool_choice":{"type":"tool","name":"b"}})",
     R"({"tool_choice":{"type":"tool","name":"c"}})", "Tool 'c' not found"},
    {"none has no flag", R"({"tool_choice":{"type":"any","disable_parallel_tool_use":true}})",
     R"({"tool_choice":{"type":"none","disable_parallel_tool_use":true}})",
     "tool_choice.none.disable_parallel_tool_use"},
    {"forced tools and thinking", R"({"tool_choice":{"type":"any"}})",
     R"({"tool_choice":{"type":"any"},"thinking":{"type":"enabled","budget_tokens":1024}})",
     "forces tool use"},
    {"history of tools needs tools", "{}", R"({"tools":null})", "must define tools"},
    {"every call is answered", "{}",
     R"({"messages":[{"role":"user","content":"go"},{"role":"assistant","content":[{"type":"tool_use","id":"t1","name":"a","input":{}}]},{"role":"user","content":"no"}]})",
     "messages.1: `tool_use` ids were found without `tool_result` blocks immediately after: t1"},
    {"results in one message", "{}",
     R"({"messages":[{"role":"user","content":"go"},{"role":"assistant","content":[{"type":"tool_use","id":"t1","name":"a","input":{}},{"type":"tool_use","id":"t2","name":"a","input":{}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"t1"}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"t2"}]}]})",
     "without `tool_result` blocks immediately after: t2"},
    {"results come first", "{}",
     R"({"messages":[{"role":"user","content":"go"},{"role":"assistant","content":[{"type":"tool_use","id":"t1","name":"a","input":{}}]},{"role":"user","content":[{"type":"text","text":"x"},{"type":"tool_result","tool_use_id":"t1"}]}]})",
     "must come before"},
    {"results of calls only", "{}",
     R"({"messages":[{"role":"user","content":[{"type":"tool_result","tool_use_id":"t9"}]}]})",
     "unexpected `tool_use_id`"},
    {"ids of calls", "{}",
     R"({"messages":[{"role":"user","content":"go"},{"role":"assistant","content":[{"type":"tool_use","id":"t.1","name":"a","input":{}}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"t.1"}]}]})",
     "tool_use.id: String should match"},
    {"inputs are objects", "{}",
     R"({"messages":[{"role":"user","content":"go"},{"role":"assistant","content":[{"type":"tool_use","id":"t1","name":"a","input":"{}"}]},{"role":"user","content":[{"type":"tool_result","tool_use_id":"t1"}]}]})",
     "tool_use.input: Input should be a valid dictionary"},
    {"thinking is shown again", "{}", R"({"thinking":{"type":"enabled","budget_tokens":1024}})",
     "messages.1.content.0.type: Expected `thinking` or `redacted_thinking`, but found `text`"},
    {"signatures hold",
     R"({"messages":[{"role":"user","content":"x"},{"role":"assistant","content":"y"},{"role":"user","content":"z"}]})",
     R"({"messages":[{"role":"user","content":"x"},{"role":"assistant","content":[{"type":"thinking","thinking":"hm","signature":"no"},{"type":"text","text":"y"}]},{"role":"user","content":"z"}]})",
     "messages.1.content.0: Invalid `signature` in `thinking` block"},
};

}  // namespace

TEST_CASE("Anthropic's dialect: the body of a request keeps its rules or is refused") {
    check_rules(kPath, kHeaders, kBase, kBodyRules);
}

TEST_CASE("Anthropic's dialect: tools, their calls and results keep their rules") {
    check_rules(kPath, kHeaders, kTools, kToolRules);
}

TEST_CASE("Anthropic's dialect: key, version and betas are looked at first") {
    const std::string body = patched(kBase, "{}");
    CHECK(refusal_of(kPath, kHeaders, body) == "");
    CHECK(refusal_of(kPath, kNewer, body) == "");
    CHECK(refusal_of(kPath, "anthropic-version: 2023-06-01\r\n", body) ==
          "x-api-key header is required");
    CHECK(refusal_of(kPath, "x-api-key: k\r\n", body) == "anthropic-version: header is required");
    CHECK(refusal_of(kPath, "x-api-key: k\r\nanthropic-version: 2024-01-01\r\n", body) != "");
    CHECK(refusal_of(kPath, cat(kHeaders, "anthropic-beta: nonsense-1\r\n"), body) != "");
    const auto wrong = answer_of(kPath, "", body);
    CHECK(wrong.starts_with("HTTP/1.1 401"));
    CHECK(wrong.find(R"({"type":"error","error":{"type":"authentication_error")") !=
          std::string::npos);
}

TEST_CASE("Anthropic's newer version knows no sampling and no document of the assistant's") {
    constexpr Rule kRules[] = {
        {"no temperature, even 1", "{}", R"({"temperature":1})",
         "temperature: Extra inputs are not permitted"},
        {"documents of the user only",
         R"({"messages":[{"role":"user","content":[{"type":"document","source":{"type":"text","media_type":"text/plain","data":"x"}}]}]})",
         R"({"messages":[{"role":"user","content":"x"},{"role":"assistant","content":[{"type":"document","source":{"type":"text","media_type":"text/plain","data":"x"}}]},{"role":"user","content":"x"}]})",
         "`document` blocks are not permitted here"},
        {"citations of the assistant only",
         R"({"messages":[{"role":"user","content":[{"type":"text","text":"x","citations":[]}]}]})",
         R"({"messages":[{"role":"user","content":[{"type":"text","text":"x","citations":[{}]}]}]})",
         "citations"},
    };
    check_rules(kPath, kNewer, kBase, kRules);
}

TEST_CASE(
    "Claude on Vertex has its model in the path, its version in the body, and Google's tokens") {
    constexpr const char* kVertex =
        "/v1/projects/p/locations/us-east5/publishers/anthropic/models/"
        "claude-sonnet-4@20250514:rawPredict";
    constexpr const char* kBody = R"({"anthropic_version":"vertex-2023-10-16","max_tokens":9,
      "messages":[{"role":"user","content":"hello"}]})";
    constexpr const char* kToken = "authorization: Bearer ya29.eternal\r\n";
    constexpr Rule kRules[] = {
        {"the version", R"({"anthropic_version":"2026-10-21"})", R"({"anthropic_version":null})",
         "anthropic_version: Field required"},
        {"no other version", "{}", R"({"anthropic_version":"2023-06-01"})",
         "is not a valid version"},
        {"no model", "{}", R"({"model":"claude"})", "model: Extra inputs are not permitted"},
        {"streams have their own verb", R"({"stream":false})", R"({"stream":true})",
         "streamRawPredict"},
        {"no URLs", "{}",
         R"({"messages":[{"role":"user","content":[{"type":"image","source":{"type":"url","url":"https://x"}}]}]})",
         "URL sources are not supported"},
    };
    check_rules(kVertex, kToken, kBody, kRules);
    const auto refused = answer_of(kVertex, "authorization: Bearer old\r\n", kBody);
    CHECK(refused.find(R"("status":"UNAUTHENTICATED")") != std::string::npos);
    CHECK(refusal_of(kVertex, cat(kToken, "x-api-key: k\r\n"), kBody) != "");
}

TEST_CASE("a Claude's version is read from its name") {
    CHECK(anthropic::model_of("claude-3-5-sonnet-20241022").at_least(3, 5));
    CHECK(anthropic::model_of("claude-3-5-sonnet-20241022").below(3, 6));
    CHECK(anthropic::model_of("claude-sonnet-4@20250514").below(4, 1));
    CHECK(anthropic::model_of("claude-opus-4-6").at_least(4, 6));
    CHECK(anthropic::model_of("claude-sonnet-5").at_least(5, 0));
    CHECK_FALSE(anthropic::model_of("fake-ok").known());
}

TEST_CASE("an Anthropic stream has its events in order, and a call's input in fragments") {
    const auto text = answer_of(
        kPath, kHeaders, patched(kBase, R"({"model":"fake-tools=1+thinking=1","stream":true})"));
    std::size_t at = 0;
    for (const std::string_view piece :
         {"event: message_start", "event: ping", R"("content_block":{"type":"thinking")",
          "signature_delta", "content_block_stop", R"("content_block":{"type":"text")",
          "text_delta", R"("type":"tool_use")", R"("partial_json":"")", R"({\"ci)",
          "content_block_stop", R"("stop_reason":"tool_use")", "event: message_stop"}) {
        CAPTURE(piece);
        at = text.find(piece, at);
        CHECK(at != std::string::npos);
    }
}
