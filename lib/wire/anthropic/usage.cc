#include "wire/anthropic/usage.h"

#include "json/cursor.h"
#include "json/scan.h"

namespace ogem::wire::anthropic {

namespace {

constexpr std::int64_t kMost = 1'000'000'000'000;  // more is a mistake, and might overflow a sum

void take_count(std::string_view raw, std::optional<std::int64_t>& count) {
    const auto number = json::integer_of(raw);
    if (number && *number >= 0 && *number <= kMost) count = number;
}

}  // namespace

void Counters::update(std::string_view raw) {
    json::Cursor c(raw);
    std::string_view name;
    if (c.peek() != '{') return;
    for (c.enter_object(); c.next_member(name);) {
        const auto value = c.value();
        if (name == "input_tokens") take_count(value, input);
        if (name == "cache_creation_input_tokens") take_count(value, cache_creation);
        if (name == "cache_read_input_tokens") take_count(value, cache_read);
        if (name == "output_tokens") take_count(value, output);
        if (name != "output_tokens_details" || !value.starts_with('{')) continue;
        json::Cursor details(value);
        for (details.enter_object(); details.next_member(name);) {
            const auto count = details.value();
            if (name == "thinking_tokens") take_count(count, thinking);
        }
    }
}

chat::Usage Counters::usage() const {
    chat::Usage usage;
    usage.prompt_tokens = input.value_or(0) + cache_creation.value_or(0) + cache_read.value_or(0);
    usage.completion_tokens = output.value_or(0);
    usage.cached_tokens = cache_read;
    usage.cache_write_tokens = cache_creation;
    usage.reasoning_tokens = thinking;
    return usage;
}

}  // namespace ogem::wire::anthropic
