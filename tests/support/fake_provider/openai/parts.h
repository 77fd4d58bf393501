// What whole answers and chunks of OpenAI's dialect have in common.
#pragma once

#include "json/writer.h"
#include "say/score.h"

#include <cstdint>
#include <string>
#include <string_view>

namespace ogem::fake::openai {

constexpr std::int64_t kCreated = 1'700'000'000;

// Opens the object: id, object, created, model.
void write_start(json::Writer& w, std::string_view object, std::string_view model);
void write_usage(json::Writer& w, const Usage& usage);

// Azure's annotations: of a choice, of a prompt, of a prompt that was refused.
void write_filter(json::Writer& w, bool filtered);
void write_prompt_filter(json::Writer& w);
void write_inner_error(json::Writer& w);

std::string_view finish_word(const Reply& reply);
std::string call_id(const Block& block, std::size_t choice);

Score score(const Reply& reply);

}  // namespace ogem::fake::openai
