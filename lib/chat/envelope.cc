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
    for (options.enter_object(); options.next_member(name);) {
        const auto value = options.value();
        if (Member{name, value}.is("include_usage"))
            envelope.wants_usage = json::boolean_of(value).value_or(false);
    }
    if (!options.finish()) return refuse("`stream_options` must be an object");
    return {};
}

struct Limits {
    std::int64_t max_completion_tokens = 0, max_tokens = 0;
};

// The members that routing looks at begin with one of these; a name in disguise has a backslash.
bool may_matter(std::string_view name) {
    return !name.empty() && (name[0] == 'm' || name[0] == 's' || name[0] == 't' ||
                             name.find('\\') != std::string_view::npos);
}

Result<void> read_member(const Member& member, Envelope& envelope, Limits& limits) {
    if (!may_matter(member.name)) return {};
    if (member.is("model")) return read_model(member.value, envelope);
    if (is_null(member.value)) return {};
    if (member.is("stream")) return read_stream(member.value, envelope);
    if (member.is("stream_options")) return read_stream_options(member.value, envelope);
    if (member.is("temperature")) envelope.deterministic = json::number_of(member.value) == 0.0;
    if (member.is("max_completion_tokens"))
        limits.max_completion_tokens = json::integer_of(member.value).value_or(0);
    if (member.is("max_tokens")) limits.max_tokens = json::integer_of(member.value).value_or(0);
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
    for (const auto& member : members)
        if (auto read = read_member(member, envelope, limits); !read) return fail_as(read);
    envelope.max_tokens =
        limits.max_completion_tokens > 0 ? limits.max_completion_tokens : limits.max_tokens;
    if (envelope.max_tokens < 0) envelope.max_tokens = 0;
    envelope.estimated_prompt_tokens = static_cast<std::int64_t>(body.size() / 4);
    return envelope;
}

}  // namespace ogem::chat
