// Test data of tests/fixtures, and the ways to cut a stream that every reader must survive.
#pragma once

#include "json/value.h"

#include <cstdint>
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
