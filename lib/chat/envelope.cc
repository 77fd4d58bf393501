#include "chat/envelope.h"

#include "base/text.h"
#include "json/cursor.h"
#include "json/scan.h"

namespace ogem::chat {

namespace {

using json::Member;

std::unexpected<Error> refuse(std::string message) {
    return fail(Kind::invalid, std::move(message));
}

bool is_null(std::string_view raw) {
    return raw == "null";
}

Result<void> read_model(std::string_view raw, Envelope& envelope) {
    if (!envelope.model_text.empty()) return refuse("`model` is given twice; send it once");
    envelope.model_text = raw;
    if (is_null(raw)) return {};
    auto model = json::string_of(raw);
    if (!model) return refuse("`model` must be a string");
    envelope.model = std::move(*model);
    return {};
}

Result<void> read_stream(std::string_view raw, Envelope& envelope) {
    const auto stream = json::boolean_of(raw);
    if (!stream) return refuse("`stream` must be true or false");
    envelope.stream = *stream;
    return {};
}

Result<void> read_stream_options(std::string_view raw, Envelope& envelope) {
    envelope.stream_options_text = raw;
    json::Cursor options(raw);
    std::string_view name;
    std::string buffer;
    for (options.enter_object(); options.next_member(name);) {
        const auto value = options.value();
        if (Member{name, value}.plain_name(buffer) == "include_usage")
            envelope.wants_usage = json::boolean_of(value).value_or(false);
    }
    if (!options.finish()) return refuse("`stream_options` must be an object");
    return {};
}

struct Limits {
    std::int64_t max_completion_tokens = 0, max_tokens = 0;
};

Result<void> read_member(std::string_view name, std::string_view raw, Envelope& envelope,
                         Limits& limits) {
    if (name == "model") return read_model(raw, envelope);
    if (is_null(raw)) return {};
    if (name == "stream") return read_stream(raw, envelope);
    if (name == "stream_options") return read_stream_options(raw, envelope);
    if (name == "temperature") envelope.deterministic = json::number_of(raw) == 0.0;
    if (name == "max_completion_tokens")
        limits.max_completion_tokens = json::integer_of(raw).value_or(0);
    if (name == "max_tokens") limits.max_tokens = json::integer_of(raw).value_or(0);
    return {};
}

}  // namespace

Result<Envelope> read_envelope(std::string_view body) {
    if (body.find('\0') != std::string_view::npos)
        return refuse("the body is not valid JSON: it contains a NUL byte");
    thread_local std::vector<Member> members;  // kept, so that a request allocates nothing here
    if (auto scanned = json::scan_object(body, members); !scanned)
        return refuse(cat("the body is not a JSON object: ", scanned.error().message));
    Envelope envelope;
    Limits limits;
    std::string buffer;
    for (const auto& member : members) {
        auto read = read_member(member.plain_name(buffer), member.value, envelope, limits);
        if (!read) return fail_as(read);
    }
    envelope.max_tokens =
        limits.max_completion_tokens > 0 ? limits.max_completion_tokens : limits.max_tokens;
    if (envelope.max_tokens < 0) envelope.max_tokens = 0;
    envelope.estimated_prompt_tokens = static_cast<std::int64_t>(body.size() / 4);
    return envelope;
}

}  // namespace ogem::chat
