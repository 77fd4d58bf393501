#include "rule_cases.h"

using namespace ogem;
using namespace ogem::fake;

namespace {

constexpr const char* kStudio = "/v1beta/models/gemini-2.5-flash:generateContent";
constexpr const char* kThree = "/v1beta/models/gemini-3-pro:generateContent";
constexpr const char* kOld = "/v1beta/models/gemini-1.5-pro:generateContent";
constexpr const char* kVertex =
    "/v1/projects/p/locations/global/publishers/google/models/gemini-2.5-flash:generateContent";
constexpr const char* kKey = "x-goog-api-key: k\r\n";
constexpr const char* kToken = "authorization: Bearer ya29.eternal\r\n";

constexpr const char* kBase = R"({"contents":[{"role":"user","parts":[{"text":"hello"}]}]})";
constexpr const char* kTools = R"({
  "tools":[{"functionDeclarations":[
    {"name":"a","parameters":{"type":"OBJECT","properties":{"x":{"type":"STRING"}},"required":["x"]}},
    {"name":"b"}]}],
  "contents":[{"role":"user","parts":[{"text":"go"}]},
    {"role":"model","parts":[{"functionCall":{"name":"a","args":{}}},{"functionCall":{"name":"b"}}]},
    {"role":"user","parts":[{"functionResponse":{"name":"a","response":{"output":"1"}}},
                            {"functionResponse":{"name":"b","response":{"output":"2"}}}]}]})";

constexpr Rule kBodyRules[] = {
    {"contents are there", "{}", R"({"contents":null})", "contents is not specified"},
    {"contents are not empty", "{}", R"({"contents":[]})", "contents is not specified"},
    {"unknown fields", R"({"safetySettings":[]})", R"({"messages":[]})",
     "Unknown name \"messages\": Cannot find field."},
    {"unknown fields of a part", R"({"contents":[{"role":"user","parts":[{"text":"x"}]}]})",
     R"({"contents":[{"role":"user","parts":[{"text":"x","type":"text"}]}]})",
     "Unknown name \"type\" at 'contents[0].parts[0]'"},
    {"both spellings",
     R"({"system_instruction":{"parts":[{"text":"s"}]},"generation_config":{"max_output_tokens":3}})",
     R"({"generation_config":{"max_tokens":3}})", "at 'generation_config'"},
    {"roles", R"({"contents":[{"parts":[{"text":"x"}]}]})",
     R"({"contents":[{"role":"assistant","parts":[{"text":"x"}]}]})",
     "Please use a valid role: user, model."},
    {"parts are there", "{}", R"({"contents":[{"role":"user","parts":[]}]})", "must not be empty"},
    {"a part is one thing", "{}", R"({"contents":[{"role":"user","parts":[{"thought":true}]}]})",
     "one initialized field"},
    {"and not two", "{}",
     R"({"contents":[{"role":"user","parts":[{"text":"x","inlineData":{"mimeType":"image/png","data":"AAAA"}}]}]})",
     "is already set"},
    {"base64 is base64",
     R"({"contents":[{"role":"user","parts":[{"inlineData":{"mimeType":"image/png","data":"AAAA"}}]}]})",
     R"({"contents":[{"role":"user","parts":[{"inlineData":{"mimeType":"image/png","data":"?"}}]}]})",
     "Base64 decoding failed"},
    {"temperature", R"({"generationConfig":{"temperature":2}})",
     R"({"generationConfig":{"temperature":2.5}})", "temperature"},
    {"five stops", R"({"generationConfig":{"stopSequences":["1","2","3","4","5"]}})",
     R"({"generationConfig":{"stopSequences":["1","2","3","4","5","6"]}})", "stop_sequences"},
    {"seeds are int32", R"({"generationConfig":{"seed":-5}})",
     R"({"generationConfig":{"seed":5000000000}})", "seed"},
    {"logprobs are asked for", R"({"generationConfig":{"responseLogprobs":true,"logprobs":2}})",
     R"({"generationConfig":{"logprobs":2}})", "response_logprobs"},
    {"schemas are of JSON",
     R"({"generationConfig":{"responseMimeType":"application/json","responseSchema":{"type":"STRING"}}})",
     R"({"generationConfig":{"responseSchema":{"type":"STRING"}}})", "response_mime_type"},
    {"types are upper case",
     R"({"generationConfig":{"responseMimeType":"application/json","responseSchema":{"type":"STRING"}}})",
     R"({"generationConfig":{"responseMimeType":"application/json","responseSchema":{"type":"string"}}})",
     "v1beta.Type), \"string\""},
    {"JSON Schema's types are not",
     R"({"generationConfig":{"responseMimeType":"application/json","responseJsonSchema":{"type":["string","null"]}}})",
     R"({"generationConfig":{"responseMimeType":"application/json","responseJsonSchema":{"type":"STRING"}}})",
     "unknown type"},
    {"keywords of JSON Schema",
     R"({"generationConfig":{"responseMimeType":"application/json","responseJsonSchema":{"type":"object","properties":{"pattern":{"$ref":"#/$defs/x"}},"$defs":{"x":{"type":"string"}}}}})",
     R"({"generationConfig":{"responseMimeType":"application/json","responseJsonSchema":{"type":"string","pattern":"x"}}})",
     "keyword \"pattern\" is not supported"},
    {"levels of thinking", R"({"generationConfig":{"thinkingConfig":{"thinkingBudget":0}}})",
     R"({"generationConfig":{"thinkingConfig":{"thinkingLevel":"LOW"}}})",
     "Thinking level is not supported"},
    {"safety settings",
     R"({"safetySettings":[{"category":"HARM_CATEGORY_HARASSMENT","threshold":"OFF"}]})",
     R"({"safetySettings":[{"category":"HARM_CATEGORY_HARASSMENT","threshold":"NEVER"}]})",
     "threshold"},
    {"labels are Vertex's", "{}", R"({"labels":{"a":"b"}})", "Unknown name \"labels\""},
    {"system instructions are text", R"({"systemInstruction":{"parts":[{"text":"x"}]}})",
     R"({"systemInstruction":{"parts":[{"inlineData":{"mimeType":"image/png","data":"AAAA"}}]}})",
     "system_instruction"},
};

constexpr Rule kToolRules[] = {
    {"names", R"({"toolConfig":{"functionCallingConfig":{"mode":"AUTO"}}})",
     R"({"tools":[{"functionDeclarations":[{"name":"1a"},{"name":"b"}]}]})",
     "Invalid function name"},
    {"no empty properties", "{}",
     R"({"tools":[{"functionDeclarations":[{"name":"a","parameters":{"type":"OBJECT","properties":{}}}]}]})",
     "should be non-empty for OBJECT type"},
    {"no foreign keywords", "{}",
     R"({"tools":[{"functionDeclarations":[{"name":"a","parameters":{"type":"OBJECT","properties":{"x":{"type":"STRING"}},"additionalProperties":false}}]}]})",
     "Unknown name \"additionalProperties\" at 'tools[0].function_declarations[0].parameters'"},
    {"names that users give are theirs",
     R"({"tools":[{"functionDeclarations":[{"name":"a","parameters":{"type":"OBJECT","properties":{"additionalProperties":{"type":"STRING"},"ref":{"type":"ARRAY","items":{"type":"INTEGER"}}}}}]}],"contents":[{"parts":[{"text":"x"}]}]})",
     R"({"tools":[{"functionDeclarations":[{"name":"a","parameters":{"type":"OBJECT","properties":{"x":{"type":"ARRAY"}}}}]}]})",
     "items: missing field"},
    {"enums are strings", "{}",
     R"({"tools":[{"functionDeclarations":[{"name":"a","parameters":{"type":"OBJECT","properties":{"x":{"type":"INTEGER","enum":["1"]}}}}]}]})",
     "only allowed for STRING type"},
    {"required properties exist", "{}",
     R"({"tools":[{"functionDeclarations":[{"name":"a","parameters":{"type":"OBJECT","properties":{"x":{"type":"STRING"}},"required":["y"]}}]}]})",
     "property is not defined"},
    {"names only with ANY",
     R"({"toolConfig":{"functionCallingConfig":{"mode":"ANY","allowedFunctionNames":["a"]}}})",
     R"({"toolConfig":{"functionCallingConfig":{"mode":"AUTO","allowedFunctionNames":["a"]}}})",
     "only when function calling mode is ANY"},
    {"as many answers as calls", "{}",
     R"({"contents":[{"role":"user","parts":[{"text":"go"}]},{"role":"model","parts":[{"functionCall":{"name":"a"}},{"functionCall":{"name":"b"}}]},{"role":"user","parts":[{"functionResponse":{"name":"a","response":{}}}]}]})",
     "number of function response parts"},
    {"in the order of calls", "{}",
     R"({"contents":[{"role":"user","parts":[{"text":"go"}]},{"role":"model","parts":[{"functionCall":{"name":"a"}},{"functionCall":{"name":"b"}}]},{"role":"user","parts":[{"functionResponse":{"name":"b","response":{}}},{"functionResponse":{"name":"a","response":{}}}]}]})",
     "in the order of the function calls"},
    {"answers are objects", "{}",
     R"({"contents":[{"role":"user","parts":[{"text":"go"}]},{"role":"model","parts":[{"functionCall":{"name":"a"}}]},{"role":"user","parts":[{"functionResponse":{"name":"a","response":"1"}}]}]})",
     "Invalid value at 'contents[2].parts[0].function_response.response'"},
    {"answers follow calls", "{}",
     R"({"contents":[{"role":"user","parts":[{"functionResponse":{"name":"a","response":{}}}]}]})",
     "immediately after a function call turn"},
    {"calls follow the user", "{}",
     R"({"contents":[{"role":"model","parts":[{"functionCall":{"name":"a"}}]},{"role":"user","parts":[{"functionResponse":{"name":"a","response":{}}}]}]})",
     "immediately after a user turn"},
};

std::string with_signature(const char* signature) {
    auto body = json::Value::parse(kTools);
    if (signature) body["contents"][1]["parts"][0]["thoughtSignature"] = signature;
    return body.dump();
}

}  // namespace

TEST_CASE("Gemini's dialect: the body of a request keeps its rules or is refused") {
    check_rules(kStudio, kKey, kBase, kBodyRules);
}

TEST_CASE("Gemini's dialect: functions, calls and responses keep their rules") {
    check_rules(kStudio, kKey, kTools, kToolRules);
}

TEST_CASE("old Gemini models have neither thinking nor JSON Schema") {
    constexpr Rule kRules[] = {
        {"thinking", "{}", R"({"generationConfig":{"thinkingConfig":{"thinkingBudget":0}}})",
         "Thinking is not enabled"},
        {"JSON Schema", "{}",
         R"({"generationConfig":{"responseMimeType":"application/json","responseJsonSchema":{}}})",
         "JSON Schema is not supported"},
    };
    check_rules(kOld, kKey, kBase, kRules);
}

TEST_CASE("Gemini 3 wants its signature back on the first call of the turn at hand") {
    CHECK(refusal_of(kThree, kKey, with_signature(nullptr)).find("missing a thought_signature") !=
          std::string::npos);
    CHECK(refusal_of(kThree, kKey, with_signature("AAAA")) == "Corrupted thought signature.");
    CHECK(refusal_of(kThree, kKey, with_signature("skip_thought_signature_validator")) == "");
    CHECK(refusal_of(kThree, kKey, with_signature(signature_of("gemini-3-pro", "a").c_str())) ==
          "");
    CHECK(refusal_of(kThree, kKey, with_signature(signature_of("gemini-3-flash", "a").c_str())) !=
          "");
    CHECK(refusal_of(kStudio, kKey, with_signature(nullptr)) == "");
    auto earlier = json::Value::parse(kTools);
    earlier["contents"].push_back({{"role", "model"}, {"parts", {{{"text", "done"}}}}});
    earlier["contents"].push_back({{"role", "user"}, {"parts", {{{"text", "next"}}}}});
    CHECK(refusal_of(kThree, kKey, earlier.dump()) == "");
}

TEST_CASE("Gemini on Vertex takes tokens and labels, and no ids of calls") {
    constexpr Rule kRules[] = {
        {"labels", R"({"labels":{"a":"b"}})",
         R"({"contents":[{"role":"user","parts":[{"fileData":{"fileUri":"gs://b/x"}}]}]})",
         "mimeType"},
        {"no ids", "{}",
         R"({"contents":[{"role":"user","parts":[{"text":"go"}]},{"role":"model","parts":[{"functionCall":{"name":"a","id":"1"}}]},{"role":"user","parts":[{"functionResponse":{"name":"a","response":{}}}]}]})",
         "Unknown name \"id\""},
        {"one tool", R"({"tools":[{"functionDeclarations":[{"name":"a"}]}]})",
         R"({"tools":[{"functionDeclarations":[{"name":"a"}]},{"functionDeclarations":[{"name":"b"}]}]})",
         "Multiple tools"},
    };
    check_rules(kVertex, kToken, kBase, kRules);
    CHECK(refusal_of(kVertex, kKey, kBase).find("missing required authentication") !=
          std::string::npos);
    CHECK(refusal_of(kStudio, kToken, kBase).find("unregistered callers") != std::string::npos);
    const auto invalid = answer_of(kStudio, "x-goog-api-key: invalid\r\n", kBase);
    CHECK(invalid.find("API_KEY_INVALID") != std::string::npos);
    CHECK(invalid.starts_with("HTTP/1.1 400"));
}

TEST_CASE("embedding requests keep their rules in each of their forms") {
    constexpr Rule kBatch[] = {
        {"the model again", "{}",
         R"({"requests":[{"model":"models/other","content":{"parts":[{"text":"x"}]}}]})",
         "does not match"},
        {"known tasks",
         R"({"requests":[{"model":"models/e","content":{"parts":[{"text":"x"}]},"taskType":"CLUSTERING","outputDimensionality":3}]})",
         R"({"requests":[{"model":"models/e","content":{"parts":[{"text":"x"}]},"taskType":"x"}]})",
         "task_type"},
    };
    check_rules("/v1beta/models/e:batchEmbedContents", kKey,
                R"({"requests":[{"model":"models/e","content":{"parts":[{"text":"x"}]}}]})",
                kBatch);
    constexpr Rule kPredict[] = {
        {"instances", R"({"instances":[{"content":"a","task_type":"CLUSTERING"},{"content":"b"}]})",
         R"({"instances":[]})", "at least one"},
        {"no other fields", R"({"parameters":{"outputDimensionality":3}})",
         R"({"instances":[{"text":"a"}]})", "Unknown name \"text\""},
    };
    check_rules("/v1/projects/p/locations/l/publishers/google/models/text-embedding-005:predict",
                kToken, R"({"instances":[{"content":"a"}]})", kPredict);
}

TEST_CASE("a stream without alt=sse is one JSON array, errors included") {
    const auto path = std::string("/v1beta/models/fake-ok:streamGenerateContent");
    const auto whole = answer_of(path, kKey, kBase);
    const auto body = json::parse(std::string(whole.substr(whole.find("\r\n\r\n") + 4)));
    CHECK(whole.find("content-type: application/json") != std::string::npos);
    CHECK(whole.find("data:") == std::string::npos);
    CHECK(answer_of(path, "", kBase).find("[{\"error\"") != std::string::npos);
    CHECK(answer_of(path + "?alt=sse", kKey, kBase).find("data: {\"candidates\"") !=
          std::string::npos);
}
