#include "wire/openai/usage.h"

#include "json/cursor.h"
#include "json/scan.h"

#include <algorithm>

namespace ogem::wire::openai {

namespace {

std::int64_t count_of(std::string_view raw) {
    if (const auto whole = json::integer_of(raw)) return std::max<std::int64_t>(*whole, 0);
    const auto number = json::number_of(raw).value_or(0);  // 12.0, as some servers write it
    return number > 0 && number < 1e15 ? static_cast<std::int64_t>(number) : 0;
}

// The count `wanted` inside the object that comes next; any other value has none.
std::int64_t detail(json::Cursor& c, std::string_view wanted) {
    std::int64_t count = 0;
    if (c.peek() != '{') {
        c.value();
        return count;
    }
    std::string_view name;
    for (c.enter_object(); c.next_member(name);) {
        const auto value = c.value();
        if (name == wanted) count = count_of(value);
    }
    return count;
}

}  // namespace

std::optional<chat::Usage> read_usage(std::string_view raw) {
    chat::Usage usage;
    json::Cursor c(raw);
    std::string_view name;
    for (c.enter_object(); c.next_member(name);) {
        if (name == "prompt_tokens_details") {
            usage.cached_tokens = detail(c, "cached_tokens");
        } else if (name == "completion_tokens_details") {
            usage.reasoning_tokens = detail(c, "reasoning_tokens");
        } else {
            const auto value = c.value();
            if (name == "prompt_tokens") usage.prompt_tokens = count_of(value);
            if (name == "completion_tokens") usage.completion_tokens = count_of(value);
        }
    }
    if (!c.finish()) return {};
    return usage;
}

}  // namespace ogem::wire::openai
