#include "client/response_reader.h"

#include "base/text.h"

#include <algorithm>
#include <charconv>
#include <optional>

namespace ogem::client {

namespace {

constexpr std::size_t kMaxHead = 64u << 10;  // bytes of head and trailers together

std::optional<std::uint64_t> number_of(std::string_view text, int base) {
    std::uint64_t value = 0;
    const auto end = text.data() + text.size();
    const auto [stop, error] = std::from_chars(text.data(), end, value, base);
    if (error != std::errc() || stop != end) return std::nullopt;
    return value;
}

std::unexpected<Error> bad(std::string_view what) {
    return fail(Kind::upstream, cat("the daemon's answer is not proper HTTP: ", what));
}

// The only value of `name`: two of them could hide where a body ends.
Result<std::string_view> single(const wire::Headers& headers, std::string_view name) {
    std::string_view value;
    int count = 0;
    for (const auto& [key, text] : headers) {
        if (!equal_ignoring_case(key, name)) continue;
        value = text;
        ++count;
    }
    if (count > 1) return bad(cat("more than one ", name));
    return value;
}

}  // namespace

bool ResponseReader::wants_line() const {
    return state_ != State::sized && state_ != State::chunk && state_ != State::complete;
}

Result<void> ResponseReader::feed(std::string_view bytes, std::string& body) {
    while (!bytes.empty()) {
        if (complete()) return bad("bytes after its end");
        if (!wants_line()) {
            take_body(bytes, body);
            continue;
        }
        const auto newline = bytes.find('\n');
        line_.append(bytes.substr(0, newline));
        if (line_.size() + head_bytes_ > kMaxHead) return bad("its head is longer than 64 KiB");
        if (newline == bytes.npos) return {};
        bytes.remove_prefix(newline + 1);
        if (!line_.ends_with('\r')) return bad("a line ends without CR");
        line_.pop_back();
        if (auto taken = take_line(line_); !taken) return taken;
        line_.clear();
    }
    return {};
}

Result<void> ResponseReader::finish() const {
    if (complete()) return {};
    if (has_head()) return fail(Kind::connection, "the answer was cut off before its end");
    return fail(Kind::unavailable, "the daemon hung up without an answer");
}

Result<void> ResponseReader::take_line(std::string_view line) {
    switch (state_) {
        case State::head:
            return take_head_line(line);
        case State::chunk_size:
            return take_chunk_size(line);
        case State::chunk_end:
            state_ = State::chunk_size;
            if (!line.empty()) return bad("a chunk is longer than it said");
            return {};
        default:
            head_bytes_ += line.size();
            if (line.empty()) state_ = State::complete;
            return {};
    }
}

Result<void> ResponseReader::take_head_line(std::string_view line) {
    head_bytes_ += line.size();
    if (status_ == 0) {
        const auto status = line.size() >= 12 ? number_of(line.substr(9, 3), 10) : std::nullopt;
        if (!line.starts_with("HTTP/1.1 ") || !status || *status < 100)
            return bad("no status line");
        status_ = static_cast<int>(*status);
        return {};
    }
    if (line.empty()) return begin_body();
    const auto colon = line.find(':');
    if (colon == line.npos || colon == 0) return bad("a header without a colon");
    headers_.emplace_back(std::string(line.substr(0, colon)),
                          std::string(trim(line.substr(colon + 1))));
    return {};
}

Result<void> ResponseReader::begin_body() {
    if (status_ < 200) {
        status_ = 0;
        headers_.clear();
        return {};
    }
    auto length = single(headers_, "content-length");
    if (!length) return fail_as(length);
    auto coding = single(headers_, "transfer-encoding");
    if (!coding) return fail_as(coding);
    if (!length->empty() && !coding->empty()) return bad("both a length and chunks");
    if (to_head_ || status_ == 204 || status_ == 304) {
        state_ = State::complete;
    } else if (equal_ignoring_case(*coding, "chunked")) {
        state_ = State::chunk_size;
    } else {
        const auto size = number_of(*length, 10);
        if (!coding->empty() || !size) return bad("neither a length nor chunks");
        left_ = *size;
        state_ = left_ == 0 ? State::complete : State::sized;
    }
    return {};
}

Result<void> ResponseReader::take_chunk_size(std::string_view line) {
    const auto size = number_of(trim(line.substr(0, line.find(';'))), 16);
    if (!size) return bad("a chunk without a size");
    left_ = *size;
    state_ = left_ == 0 ? State::trailer : State::chunk;
    return {};
}

void ResponseReader::take_body(std::string_view& bytes, std::string& body) {
    const auto size = static_cast<std::size_t>(std::min<std::uint64_t>(left_, bytes.size()));
    body.append(bytes.substr(0, size));
    bytes.remove_prefix(size);
    left_ -= size;
    if (left_ == 0) state_ = state_ == State::chunk ? State::chunk_end : State::complete;
}

}  // namespace ogem::client
