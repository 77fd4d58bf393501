// The rules that a Messages request must keep, one part a file. Each says its findings and goes on.
#pragma once

#include "anthropic/model.h"
#include "ask/route.h"
#include "check/findings.h"

#include <string>
#include <string_view>

namespace ogem::fake::anthropic {

// What holds for a whole request.
struct Terms {
    Model model;
    std::string model_name;
    bool newer = false;     // API version 2026-10-21
    bool vertex = false;    // Claude on Vertex
    bool counting = false;  // count_tokens
    bool thinking = false;  // on, with a budget
    bool has_tools = false;
};

// Headers: key, version, betas. Errors of the front door have statuses of their own.
void check_front(const Request& request, Findings& out);

Terms terms_of(const json::Value& body, const Route& route, std::string_view version);

void check_body(const json::Value& body, const Terms& terms, Findings& out);
void check_knobs(const json::Value& body, const Terms& terms, Findings& out);
void check_thinking(const json::Value& body, const Terms& terms, Findings& out);
void check_tools(const json::Value& body, const Terms& terms, Findings& out);
void check_messages(const json::Value& messages, const Terms& terms, Findings& out);

// One content block of a message, of `role`; of a tool's result: "result".
void check_block(const json::Value& block, const Where& where, std::string_view role,
                 const Terms& terms, Findings& out);
void check_text_blocks(const json::Value& blocks, const Where& where, const Terms& terms,
                       Findings& out);

// tool_use is answered at once, in one message, results first.
void check_pairs(const json::Value& messages, Findings& out);

// Thinking is there where it must be, and as it was given out.
void check_replay(const json::Value& messages, const Terms& terms, Findings& out);

// The subset of JSON Schema that structured outputs and strict tools take.
void check_strict_schema(const json::Value& schema, const Where& where, Findings& out);

void check_cache_control(const json::Value& holder, const Where& where, Findings& out);

// Blocks of a content, where a string counts as one block of text.
json::Value blocks_of(const json::Value& content);

}  // namespace ogem::fake::anthropic
