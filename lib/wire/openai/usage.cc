#include "wire/openai/usage.h"

#include "json/cursor.h"
#include "json/scan.h"
#include "json/writer.h"

#include <algorithm>

namespace ogem::wire::openai {

namespace {

std::int64_t count_of(std::string_view raw) {
    if (const auto whole = json::integer_of(raw)) return std::max<std::int64_t>(*whole, 0);
    const auto number = json::number_of(raw).value_or(0);  // 12.0, as some servers write it
    return number > 0 && number < 1e15 ? static_cast<std::int64_t>(number) : 0;
}

// The object that comes next, any other value skipped: each of its counts to `note`.
template <class Note>
void read_details(json::Cursor& c, Note note) {
    if (c.peek() != '{') {
        c.value();
        return;
    }
    std::string_view name;
    for (c.enter_object(); c.next_member(name);)
        if (const auto value = c.value(); value != "null") note(name, count_of(value));
}

}  // namespace

std::optional<chat::Usage> read_usage(std::string_view raw) {
    chat::Usage usage;
    json::Cursor c(raw);
    std::string_view name;
    for (c.enter_object(); c.next_member(name);) {
        if (name == "prompt_tokens_details") {
            read_details(c, [&](std::string_view detail, std::int64_t count) {
                if (detail == "cached_tokens") usage.cached_tokens = count;
                if (detail == "cache_write_tokens") usage.cache_write_tokens = count;
            });
        } else if (name == "completion_tokens_details") {
            read_details(c, [&](std::string_view detail, std::int64_t count) {
                if (detail == "reasoning_tokens") usage.reasoning_tokens = count;
            });
        } else {
            const auto value = c.value();
            if (name == "prompt_tokens") usage.prompt_tokens = count_of(value);
            if (name == "completion_tokens") usage.completion_tokens = count_of(value);
        }
    }
    if (!c.finish()) return {};
    return usage;
}

void write_usage(json::Writer& w, const chat::Usage& usage) {
    w.begin_object().key("prompt_tokens").value(usage.prompt_tokens);
    w.key("completion_tokens").value(usage.completion_tokens);
    w.key("total_tokens").value(usage.total());
    if (usage.cached_tokens || usage.cache_write_tokens) {
        w.key("prompt_tokens_details").begin_object();
        if (usage.cached_tokens) w.key("cached_tokens").value(*usage.cached_tokens);
        if (usage.cache_write_tokens) w.key("cache_write_tokens").value(*usage.cache_write_tokens);
        w.end_object();
    }
    if (usage.reasoning_tokens) {
        w.key("completion_tokens_details").begin_object();
        w.key("reasoning_tokens").value(*usage.reasoning_tokens).end_object();
    }
    w.end_object();
}

}  // namespace ogem::wire::openai
