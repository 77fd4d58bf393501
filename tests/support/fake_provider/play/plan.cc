#include "play/plan.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <string_view>

namespace ogem::fake {

namespace {

constexpr auto kCrcTable = [] {
    std::array<std::uint32_t, 256> table{};
    for (std::uint32_t i = 0; i < table.size(); ++i) {
        std::uint32_t entry = i;
        for (int bit = 0; bit < 8; ++bit) entry = (entry >> 1) ^ (entry & 1 ? 0xedb88320U : 0U);
        table[i] = entry;
    }
    return table;
}();

// The check sum and length that end a gzip file (RFC 1952 section 2.3.1).
struct Trailer {
    std::uint32_t crc = 0xffffffffU;
    std::uint32_t length = 0;

    void add(std::string_view bytes) {
        for (const char c : bytes)
            crc = kCrcTable[(crc ^ static_cast<unsigned char>(c)) & 0xff] ^ (crc >> 8);
        length += static_cast<std::uint32_t>(bytes.size());
    }
};

void append_little_endian(std::string& out, std::uint32_t value, int bytes) {
    for (int i = 0; i < bytes; ++i) out += static_cast<char>((value >> (8 * i)) & 0xff);
}

// `bytes` as stored deflate blocks (RFC 1951 section 3.2.4); none of them the last.
std::string stored(std::string_view bytes) {
    constexpr std::size_t kMost = 0xffff;
    std::string out;
    while (!bytes.empty()) {
        const auto piece = bytes.substr(0, kMost);
        const auto length = static_cast<std::uint32_t>(piece.size());
        out += '\0';
        append_little_endian(out, length, 2);
        append_little_endian(out, ~length & 0xffff, 2);
        out += piece;
        bytes.remove_prefix(piece.size());
    }
    return out;
}

std::string chunk(std::string_view bytes) {
    if (bytes.empty()) return {};
    char digits[16];
    const auto end = std::to_chars(digits, digits + sizeof digits, bytes.size(), 16).ptr;
    std::string out(digits, end);
    out += "\r\n";
    out += bytes;
    out += "\r\n";
    return out;
}

}  // namespace

std::vector<Step> gzipped(const std::vector<Step>& payload) {
    std::vector<Step> out;
    out.push_back({std::string("\x1f\x8b\x08\0\0\0\0\0\0\xff", 10), {}, 1});
    Trailer trailer;
    for (const auto& step : payload) {
        for (std::uint32_t i = 0; i < step.repeat; ++i) trailer.add(step.bytes);
        out.push_back({stored(step.bytes), step.wait, step.repeat});
    }
    std::string end("\x01\0\0\xff\xff", 5);
    append_little_endian(end, ~trailer.crc, 4);
    append_little_endian(end, trailer.length, 4);
    out.push_back({std::move(end), {}, 1});
    return out;
}

std::vector<Step> chunked(std::vector<Step> payload, bool last_chunk) {
    for (auto& step : payload) step.bytes = chunk(step.bytes);
    if (last_chunk) payload.push_back({"0\r\n\r\n", {}, 1});
    return payload;
}

std::vector<Step> dripped(const std::vector<Step>& steps, std::size_t piece, Microseconds wait) {
    std::vector<Step> out;
    for (const auto& step : steps) {
        for (std::uint32_t round = 0; round < step.repeat; ++round) {
            for (std::size_t at = 0; at < step.bytes.size(); at += piece)
                out.push_back({step.bytes.substr(at, piece), wait, 1});
            if (step.wait > Microseconds{0}) out.push_back({{}, step.wait, 1});
        }
    }
    return out;
}

std::vector<Step> joined(std::vector<Step> steps) {
    std::vector<Step> out;
    for (auto& step : steps) {
        const bool join = !out.empty() && out.back().repeat == 1 && step.repeat == 1 &&
                          out.back().wait == Microseconds{0};
        if (!join) {
            out.push_back(std::move(step));
            continue;
        }
        out.back().bytes += step.bytes;
        out.back().wait = step.wait;
    }
    return out;
}

std::size_t size_of(const std::vector<Step>& steps) {
    std::size_t total = 0;
    for (const auto& step : steps) total += step.bytes.size() * step.repeat;
    return total;
}

}  // namespace ogem::fake
