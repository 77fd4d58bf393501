#include "wire/openai/chunk.h"

#include "base/text.h"
#include "json/cursor.h"
#include "json/scan.h"

namespace ogem::wire::openai {

namespace {

using json::Cursor;

bool says_something(std::string_view raw) {
    return raw != "null" && raw != "\"\"" && raw != "[]" && raw != "{}";
}

bool is_truthy(std::string_view raw) {
    return raw != "null" && raw != "false" && raw != "0" && raw != "\"\"";
}

// A delta that holds nothing but a role opens the message and says nothing yet.
bool read_delta(Cursor& c) {
    bool meaningful = false;
    std::string_view name;
    for (c.enter_object(); c.next_member(name);) {
        const auto value = c.value();
        if (name != "role" && says_something(value)) meaningful = true;
    }
    return meaningful;
}

// Reads one element of `choices`; true if it is meaningful.
bool read_choice(Cursor& c, bool ask_meaningful, Choices& choices) {
    bool meaningful = false, finished = false;
    std::int64_t index = 0;
    std::string_view name;
    for (c.enter_object(); c.next_member(name);) {
        if (name == "delta" && ask_meaningful && c.peek() == '{') {
            meaningful = read_delta(c) || meaningful;
            continue;
        }
        const auto value = c.value();
        if (name == "index") index = json::integer_of(value).value_or(0);
        if (name == "finish_reason") finished = says_something(value);
        if (name == "text") meaningful = meaningful || says_something(value);
    }
    if (!c.failed()) choices.note(static_cast<std::size_t>(index), finished);
    return meaningful || finished;
}

bool read_choices(Cursor& c, bool ask_meaningful, Choices& choices) {
    bool meaningful = false;
    if (c.peek() != '[') {
        c.value();
        return meaningful;
    }
    for (c.enter_array(); c.next_element();)
        meaningful = read_choice(c, ask_meaningful, choices) || meaningful;
    return meaningful;
}

}  // namespace

void Choices::note(std::size_t index, bool finished) {
    if (index >= kMost) {
        strange_ = true;
        return;
    }
    seen_.set(index);
    if (finished) finished_.set(index);
}

Result<Chunk> read_chunk(std::string_view data, bool ask_meaningful, Choices& choices) {
    Chunk chunk;
    Cursor c(data);
    std::string_view name;
    for (c.enter_object(); c.next_member(name);) {
        if (name == "choices") {
            chunk.meaningful = read_choices(c, ask_meaningful, choices) || chunk.meaningful;
            continue;
        }
        const auto value = c.value();
        if (name == "model") chunk.model = value;
        if (name == "error" && is_truthy(value)) chunk.error = value;
        if (name == "usage" && value != "null") chunk.usage = value;
    }
    if (!c.finish())
        return fail(Kind::upstream,
                    cat("upstream sent a broken stream event: ", c.error().message));
    return chunk;
}

}  // namespace ogem::wire::openai
