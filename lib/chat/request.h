// A chat request as every dialect can say it: what wire/<dialect> reads from a client and writes
// for a provider. Plain values; made once for a request, shared by all its attempts and never
// changed by one of them (a fallback must not see what was done for the endpoint before it).
//
// It is OpenAI's chat request, put in order: `functions` are tools, `developer` is system, a `stop`
// is a list, null counts as absent. What we do not model is kept as JSON text in `rest`, so that it
// reaches a provider of the same dialect unharmed and can be named in x-ogem-dropped for any other
// (promise 8).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace ogem::chat {

// JSON text of one value, as it came; empty: absent. Numbers keep their spelling and objects their
// order.
using Json = std::string;

// A member that is not modelled.
struct Extra {
    std::string name;
    Json value;

    bool operator==(const Extra&) const = default;
};

struct Part {
    enum class Kind : std::uint8_t { text, refusal, image, audio, file };

    Kind kind = Kind::text;
    std::string text;    // text, refusal
    std::string url;     // image: a data:, http(s): or gs: URL; file: where to fetch it
    std::string detail;  // image: "auto", "low", "high", "original"; may be empty
    std::string data;    // audio: base64; file: a data: URL or bare base64
    std::string format;  // audio: "wav", "mp3"
    std::string file_name, file_id;
    Json cache_control;       // marks a prefix worth keeping; OpenAI's prompt_cache_breakpoint too
    std::vector<Extra> rest;  // of the part; of the object inside it: "image_url.headers"

    bool operator==(const Part&) const = default;
};

struct ToolCall {
    std::string id, name;
    // JSON text that the model wrote and nobody has checked; of a custom tool: free text.
    std::string arguments;
    bool custom = false;
    std::string signature;  // Gemini's thoughtSignature, put back by us; empty: none

    bool operator==(const ToolCall&) const = default;
};

enum class Role : std::uint8_t { system, user, assistant, tool };

struct Message {
    Role role = Role::user;
    bool developer = false;     // role system, spelled "developer"
    std::vector<Part> content;  // empty: null or absent
    bool plain = false;         // content was a string: one text part, which may be empty
    std::string name;
    std::vector<ToolCall> calls;  // assistant
    std::string call_id;          // tool: whose result this is
    // Assistant: blocks that a provider wants back unchanged before its calls (Claude's thinking),
    // as JSON. Only for the provider and model they came from.
    std::vector<Json> thinking;
    std::vector<Extra> rest;

    bool operator==(const Message&) const = default;
};

struct Tool {
    std::string name, description;
    Json parameters;             // JSON Schema; empty: takes none
    std::optional<bool> strict;  // function
    bool custom = false;         // takes free text instead of JSON
    Json format;                 // custom: its grammar
    Json cache_control;

    bool operator==(const Tool&) const = default;
};

// Which tool must, may or must not be called.
struct ToolChoice {
    enum class Mode : std::uint8_t { unset, automatic, none, required, named };

    Mode mode = Mode::unset;
    std::string name;                  // named
    std::vector<std::string> allowed;  // only these may be called; empty: all

    bool operator==(const ToolChoice&) const = default;
};

struct ResponseFormat {
    enum class Kind : std::uint8_t { unset, text, json_object, json_schema };

    Kind kind = Kind::unset;
    std::string name, description;  // json_schema
    Json schema;                    // json_schema; empty: none given
    std::optional<bool> strict;

    bool operator==(const ResponseFormat&) const = default;
};

struct Sampling {
    std::optional<double> temperature, top_p, presence_penalty, frequency_penalty;
    std::optional<std::int64_t> top_k;       // not OpenAI's
    std::optional<std::int64_t> max_tokens;  // max_completion_tokens, else max_tokens
    bool old_max_tokens = false;             // the client wrote max_tokens
    int n = 1;                               // answers wanted, 1..128
    std::vector<std::string> stop;
    Json seed;  // a whole number, perhaps beyond 64 bits
    std::optional<bool> logprobs;
    std::optional<std::int64_t> top_logprobs;

    bool operator==(const Sampling&) const = default;
};

struct Request {
    std::string model;  // as the client typed it
    std::vector<Message> messages;
    std::vector<Tool> tools;
    ToolChoice tool_choice;
    std::optional<bool> parallel_tool_calls;
    ResponseFormat response_format;
    Sampling sampling;
    std::string reasoning_effort;  // none | minimal | low | medium | high | xhigh | max, or empty
    std::string user;              // user, else safety_identifier
    std::string service_tier;
    bool stream = false;
    bool usage_asked = false;       // stream_options.include_usage
    bool legacy_functions = false;  // asked with `functions`: answered with `function_call`
    std::vector<Extra> rest;        // in the client's order

    bool operator==(const Request&) const = default;
};

// What the way a request was translated means for its answer. Made by the writer of the request,
// needed by the reader of the answer.
struct AnswerState {
    std::string unwrap_tool;  // the call of this tool is the text: it stood in for a json_schema
    std::vector<std::string> custom_tools;  // calls of these are custom calls again

    bool operator==(const AnswerState&) const = default;
};

}  // namespace ogem::chat
