#include "wire/openai/request/spot.h"

#include "base/text.h"

#include <cmath>

namespace ogem::wire::openai {

namespace {

std::string joined(const std::string& outer, std::string_view name) {
    return outer.empty() ? std::string(name) : cat(outer, '.', name);
}

std::unexpected<Error> refuse_at(std::string path, std::string_view problem) {
    Error error{
        Kind::invalid, path.empty() ? cat("the body ", problem) : cat(path, ": ", problem), 0, {}};
    error.field = std::move(path);
    return fail(std::move(error));
}

template <class Value>
Result<void> put(const Spot& spot, std::optional<Value> value, std::string_view wanted,
                 std::optional<Value>& out) {
    if (!value) return spot.refuse(wanted);
    out = std::move(value);
    return {};
}

// 3, and 3.0 as some languages write it.
std::optional<std::int64_t> whole_number_of(std::string_view raw) {
    if (const auto whole = json::integer_of(raw)) return whole;
    constexpr double kExact = 9007199254740992;  // 2^53
    const auto number = json::number_of(raw);
    if (!number || std::abs(*number) > kExact || std::trunc(*number) != *number) return {};
    return static_cast<std::int64_t>(*number);
}

}  // namespace

std::string Spot::path() const {
    if (!outer) return {};
    if (name.empty()) return cat(outer->path(), '[', index, ']');
    return joined(outer->path(), name);
}

std::unexpected<Error> Spot::refuse(std::string_view problem) const {
    return refuse_at(path(), problem);
}

std::unexpected<Error> Spot::lacks(std::string_view member_name) const {
    return refuse_at(joined(path(), member_name), "is missing");
}

Result<void> take(const Spot& spot, std::string& out) {
    auto text = json::string_of(spot.raw);
    if (!text) return spot.refuse("must be a string");
    out = std::move(*text);
    return {};
}

Result<void> take(const Spot& spot, bool& out) {
    std::optional<bool> truth;
    auto taken = take(spot, truth);
    if (taken) out = *truth;
    return taken;
}

Result<void> take(const Spot& spot, std::optional<bool>& out) {
    return put(spot, json::boolean_of(spot.raw), "must be true or false", out);
}

Result<void> take(const Spot& spot, std::optional<double>& out) {
    return put(spot, json::number_of(spot.raw), "must be a number", out);
}

Result<void> take(const Spot& spot, std::optional<std::int64_t>& out) {
    return put(spot, whole_number_of(spot.raw), "must be a whole number", out);
}

Result<void> take_object(const Spot& spot, std::string& json) {
    if (!spot.is_object()) return spot.refuse("must be an object");
    json = spot.raw;
    return {};
}

}  // namespace ogem::wire::openai
