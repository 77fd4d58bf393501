// The rules that requests in Gemini's dialect must keep, one part a file. Bodies come in canonical
// spelling (camelCase), whatever their client wrote.
#pragma once

#include "ask/route.h"
#include "check/findings.h"
#include "gemini/model.h"

#include <string>
#include <string_view>

namespace ogem::fake::gemini {

struct Terms {
    Model model;
    std::string model_name;
    bool vertex = false;
};

extern const Wording kWording;

// snake_case and camelCase mean the same; what users name (arguments, properties, labels) stays.
json::Value canonical(const json::Value& body);

void check_generate(const json::Value& body, const Terms& terms, Findings& out);
void check_contents(const json::Value& contents, const Terms& terms, Findings& out);
void check_content(const json::Value& content, const Where& where, const Terms& terms,
                   Findings& out);
// Calls and responses: order, number, names, signatures.
void check_calls(const json::Value& contents, const Terms& terms, Findings& out);
void check_tools(const json::Value& body, const Terms& terms, Findings& out);
void check_generation(const json::Value& body, const Terms& terms, Findings& out);

// Schema (the OpenAPI subset), and the keywords of JSON Schema beside it.
void check_schema(const json::Value& schema, const Where& where, Findings& out);
void check_json_schema(const json::Value& schema, const Where& where, Findings& out);

void check_embed_one(const json::Value& body, const Terms& terms, Findings& out);
void check_embed_batch(const json::Value& body, const Terms& terms, Findings& out);
void check_predict(const json::Value& body, const Terms& terms, Findings& out);
void check_count(const json::Value& body, const Terms& terms, Findings& out);

// Proof of thought that goes with a call of `name`.
std::string call_signature(std::string_view model, std::string_view name);

}  // namespace ogem::fake::gemini
