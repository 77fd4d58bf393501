#include "wire/openai/request/read_sampling.h"

#include "json/scan.h"

#include <algorithm>

namespace ogem::wire::openai {

namespace {

using chat::Request;

constexpr int kMostChoices = 128;  // OAPI: n

// Tells a reader of one member apart from "not mine".
Result<bool> done(Result<void> read) {
    if (!read) return fail_as(read);
    return true;
}

Result<void> read_limit(const Spot& member, std::optional<std::int64_t>& out) {
    auto taken = take(member, out);
    if (taken && *out < 1) return member.refuse("must be at least 1");
    return taken;
}

Result<void> read_old_limit(const Spot& member, Request& request) {
    std::optional<std::int64_t> limit;
    auto read = read_limit(member, limit);
    const bool has_new = request.sampling.max_tokens && !request.sampling.old_max_tokens;
    if (!read || has_new) return read;
    request.sampling.max_tokens = limit;
    request.sampling.old_max_tokens = true;
    return {};
}

Result<void> read_new_limit(const Spot& member, Request& request) {
    request.sampling.old_max_tokens = false;
    return read_limit(member, request.sampling.max_tokens);
}

Result<void> read_n(const Spot& member, int& n) {
    std::optional<std::int64_t> number;
    if (auto taken = take(member, number); !taken) return taken;
    if (*number < 1 || *number > kMostChoices) return member.refuse("must be 1 to 128");
    n = static_cast<int>(*number);
    return {};
}

Result<void> read_stop(const Spot& member, std::vector<std::string>& stop) {
    stop.clear();
    if (member.is_string()) return take(member, stop.emplace_back());
    if (!member.is_array()) return member.refuse("must be a string or a list of strings");
    return each_element(member, [&](const Spot& text) { return take(text, stop.emplace_back()); });
}

// Kept as it is written: it may be beyond 64 bits.
Result<void> read_seed(const Spot& member, chat::Json& seed) {
    if (!json::number_of(member.raw)) return member.refuse("must be a whole number");
    seed = member.raw;
    return {};
}

Result<void> read_stream_options(const Spot& member, Request& request) {
    return each_member(member, [&](const Spot& option) -> Result<void> {
        if (option.name == "include_usage") return take(option, request.usage_asked);
        return {};  // include_obfuscation: we never pad
    });
}

// Kept as the client wrote it until settle_user() knows whether there is a `user`.
Result<void> read_safety_identifier(const Spot& member, Request& request) {
    std::string name;
    if (auto taken = take(member, name); !taken) return taken;
    request.rest.push_back({"safety_identifier", std::string(member.raw)});
    return {};
}

}  // namespace

Result<bool> read_sampling(const Spot& member, Request& request) {
    const auto name = member.name;
    auto& s = request.sampling;
    if (name == "temperature") return done(take(member, s.temperature));
    if (name == "top_p") return done(take(member, s.top_p));
    if (name == "top_k") return done(take(member, s.top_k));
    if (name == "presence_penalty") return done(take(member, s.presence_penalty));
    if (name == "frequency_penalty") return done(take(member, s.frequency_penalty));
    if (name == "max_completion_tokens") return done(read_new_limit(member, request));
    if (name == "max_tokens") return done(read_old_limit(member, request));
    if (name == "n") return done(read_n(member, s.n));
    if (name == "stop") return done(read_stop(member, s.stop));
    if (name == "seed") return done(read_seed(member, s.seed));
    if (name == "stream") return done(take(member, request.stream));
    if (name == "stream_options") return done(read_stream_options(member, request));
    if (name == "user") return done(take(member, request.user));
    if (name == "safety_identifier") return done(read_safety_identifier(member, request));
    if (name == "service_tier") return done(take(member, request.service_tier));
    return false;
}

void settle_user(Request& request) {
    if (!request.user.empty()) return;
    const auto known = std::ranges::find(request.rest, "safety_identifier", &chat::Extra::name);
    if (known == request.rest.end()) return;
    request.user = json::string_of(known->value).value_or(std::string());
    request.rest.erase(known);
}

}  // namespace ogem::wire::openai
