#include "wire/data_url.h"

#include "base/text.h"
#include "wire/base64.h"
#include "wire/url.h"

#include <algorithm>
#include <cstdint>

namespace ogem::wire {

namespace {

constexpr std::string_view kScheme = "data:";

bool is_alphanumeric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

bool is_space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
}

// type/subtype of the characters that RFC 6838 section 4.2 allows.
bool is_media_type(std::string_view text) {
    const auto allowed = [](char c) {
        return is_alphanumeric(c) ||
               std::string_view("/!#$&-^_.+").find(c) != std::string_view::npos;
    };
    const auto slash = text.find('/');
    return slash != 0 && slash != std::string_view::npos && slash + 1 < text.size() &&
           slash == text.rfind('/') && std::ranges::all_of(text, allowed);
}

std::string media_type_of(std::string_view text) {
    auto type = to_lower(trim(text));
    return type == "image/jpg" ? "image/jpeg" : type;
}

}  // namespace

bool is_data_url(std::string_view url) {
    return starts_with_ignoring_case(url, kScheme);
}

Result<std::string> normalised_base64(std::string_view text) {
    std::string out;
    out.reserve(text.size() + 3);
    bool padded = false;
    for (const char c : text) {
        if (is_space(c)) continue;
        const char digit = c == '-' ? '+' : c == '_' ? '/' : c;
        const bool padding = digit == '=';
        if (!padding && (padded || !(is_alphanumeric(digit) || digit == '+' || digit == '/')))
            return fail(Kind::invalid, "its data is not base64");
        padded = padded || padding;
        if (!padding) out += digit;
    }
    if (out.size() % 4 == 1) return fail(Kind::invalid, "its base64 data is cut off");
    out.append((4 - out.size() % 4) % 4, '=');
    return out;
}

std::string base64_decoded(std::string_view normalised) {
    constexpr std::string_view kDigits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    out.reserve(normalised.size() / 4 * 3);
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : normalised.substr(0, normalised.find('='))) {
        bits = bits << 6 | static_cast<std::uint32_t>(kDigits.find(c) & 63);
        count += 6;
        if (count < 8) continue;
        count -= 8;
        out += static_cast<char>(bits >> count & 0xff);
    }
    return out;
}

Result<DataUrl> parse_data_url(std::string_view url) {
    const auto comma = url.find(',');
    if (!is_data_url(url) || comma == std::string_view::npos)
        return fail(Kind::invalid, "not a data URL: it has no comma before its data");
    const auto parameters = split(url.substr(kScheme.size(), comma - kScheme.size()), ';');
    const auto data = url.substr(comma + 1);

    DataUrl out;
    out.media_type = media_type_of(parameters.front());
    if (!out.media_type.empty() && !is_media_type(out.media_type))
        return fail(Kind::invalid, "a data URL whose media type is malformed");
    if (!equal_ignoring_case(trim(parameters.back()), "base64")) {
        out.base64 = base64(percent_decoded(data));
        return out;
    }
    const bool escaped = data.find('%') != std::string_view::npos;
    auto normal = escaped ? normalised_base64(percent_decoded(data)) : normalised_base64(data);
    if (!normal) return fail_as(normal);
    out.base64 = std::move(*normal);
    return out;
}

}  // namespace ogem::wire
