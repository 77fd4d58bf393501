// Test data of tests/fixtures, and the ways to cut a stream that every reader must survive.
#pragma once

#include "json/value.h"

#include <algorithm>
#include <cstdint>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace ogem::test {

// The whole of tests/fixtures/PATH.
inline std::string fixture_text(const std::string& path) {
    std::ifstream in(std::string(OGEM_SOURCE_DIR) + "/tests/fixtures/" + path, std::ios::binary);
    if (!in) throw std::runtime_error("no fixture " + path);
    return std::string((std::istreambuf_iterator<char>(in)), {});
}

inline json::Value fixture(const std::string& path) {
    return json::Value::parse(fixture_text(path));
}

// The fixtures tests/fixtures/wire/KIND.*.json, in order of their numbers: {name, ctx, input,
// expected}.
inline std::vector<json::Value> wire_fixtures(const std::string& kind) {
    std::vector<std::filesystem::path> paths;
    for (const auto& entry :
         std::filesystem::directory_iterator(std::string(OGEM_SOURCE_DIR) + "/tests/fixtures/wire"))
        if (entry.path().filename().string().starts_with(kind + ".")) paths.push_back(entry.path());
    std::ranges::sort(paths);
    if (paths.empty()) throw std::runtime_error("no fixtures of kind " + kind);
    std::vector<json::Value> fixtures;
    for (const auto& path : paths) fixtures.push_back(fixture("wire/" + path.filename().string()));
    return fixtures;
}

// Equal as the fixtures mean it: the order of members does not matter, numbers compare by value.
inline bool same_json(const json::Value& a, const json::Value& b) {
    if (a.is_number() && b.is_number()) return a == b || a.get<double>() == b.get<double>();
    if (a.type() != b.type() || a.size() != b.size()) return a == b;
    if (a.is_object())
        return std::ranges::all_of(a.items(), [&](const auto& member) {
            return b.contains(member.key()) && same_json(member.value(), b[member.key()]);
        });
    return a.is_array() ? std::ranges::equal(a, b, same_json) : a == b;
}

inline std::string base64_decoded(std::string_view text) {
    constexpr std::string_view kDigits =
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    std::uint32_t bits = 0;
    int count = 0;
    for (const char c : text) {
        const auto digit = kDigits.find(c);
        if (digit == std::string_view::npos) break;  // the padding at the end
        bits = bits << 6 | static_cast<std::uint32_t>(digit);
        if ((count += 6) >= 8) out += static_cast<char>(bits >> (count -= 8) & 0xff);
    }
    return out;
}

using Pieces = std::vector<std::string>;

// `text` whole, byte by byte, and in two pieces at every place. Each piece is memory of its own, so
// that reading past its end is seen.
inline std::vector<Pieces> every_cut(std::string_view text) {
    std::vector<Pieces> cuts{{std::string(text)}, {}};
    for (const char c : text) cuts[1].emplace_back(1, c);
    for (std::size_t at = 1; at < text.size(); ++at)
        cuts.push_back({std::string(text.substr(0, at)), std::string(text.substr(at))});
    return cuts;
}

}  // namespace ogem::test
