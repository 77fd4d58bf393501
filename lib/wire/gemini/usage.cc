#include "wire/gemini/usage.h"

#include "json/cursor.h"
#include "json/scan.h"

#include <algorithm>

namespace ogem::wire::gemini {

namespace {

std::int64_t count_of(std::string_view raw) {
    constexpr std::int64_t kMost = 1ll << 50;
    return std::clamp<std::int64_t>(json::integer_of(raw).value_or(0), 0, kMost);
}

}  // namespace

std::optional<chat::Usage> read_usage(std::string_view raw) {
    if (!raw.starts_with('{')) return {};
    chat::Usage usage;
    std::int64_t thoughts = 0;
    bool counted = false;
    json::Cursor c(raw);
    std::string_view name;
    for (c.enter_object(); c.next_member(name);) {
        const auto value = c.value();
        if (name == "promptTokenCount" || name == "toolUsePromptTokenCount") {
            usage.prompt_tokens += count_of(value);
        } else if (name == "candidatesTokenCount") {
            usage.completion_tokens = count_of(value);
        } else if (name == "thoughtsTokenCount") {
            usage.reasoning_tokens = thoughts = count_of(value);
        } else if (name == "cachedContentTokenCount") {
            usage.cached_tokens = count_of(value);
        } else {
            continue;
        }
        counted = true;
    }
    if (!c.finish() || !counted) return {};
    usage.completion_tokens += thoughts;
    return usage;
}

void write_usage(json::Writer& w, const chat::Usage& usage) {
    const auto thoughts = std::min(usage.reasoning_tokens.value_or(0), usage.completion_tokens);
    w.begin_object().key("promptTokenCount").value(usage.prompt_tokens);
    w.key("candidatesTokenCount").value(usage.completion_tokens - thoughts);
    w.key("totalTokenCount").value(usage.total());
    if (usage.cached_tokens) w.key("cachedContentTokenCount").value(*usage.cached_tokens);
    if (usage.reasoning_tokens) w.key("thoughtsTokenCount").value(thoughts);
    w.end_object();
}

}  // namespace ogem::wire::gemini
