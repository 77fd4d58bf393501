// The rules of OpenAI's requests, for Azure and for who asks for them with the word `strict`.
#pragma once

#include "ask/route.h"
#include "check/findings.h"

namespace ogem::fake::openai {

extern const Wording kWording;

void check_chat(const json::Value& body, Findings& out);
void check_messages(const json::Value& messages, Findings& out);
void check_completions(const json::Value& body, Findings& out);
void check_embeddings(const json::Value& body, Findings& out);

// By endpoint.
void check(const Route& route, const json::Value& body, Findings& out);

}  // namespace ogem::fake::openai
