// Any bytes, cut anywhere, as a request and as an answer: the reader never crashes, never reads
// past what it is given, never consumes more than there is, and never finds a body in what it
// refused. What it takes for whole it takes for the same however it is cut: a plain head in one
// piece is not the full parser's to read, in two pieces it is.
#include "net/http1.h"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using ogem::net::MessageReader;

struct Seen {
    bool done = false;
    std::string head, body;
    bool operator==(const Seen&) const = default;
};

std::string head_of(MessageReader& reader) {
    auto head = reader.method() + ' ' + reader.target() + ' ' + std::to_string(reader.status());
    head += reader.keep_alive() ? " kept" : " closed";
    head += reader.old_http() ? " old" : " new";
    head += reader.expects_continue() ? " waits" : "";
    for (const auto& [name, value] : reader.headers()) head += '\n' + name + ": " + value;
    return head;
}

Seen read(MessageReader::Side side, std::string_view input, std::size_t step) {
    MessageReader reader(side, {4096, 1 << 16});
    std::string kept;
    Seen seen;
    for (std::size_t at = 0; at < input.size() && !reader.done(); at += step) {
        kept += input.substr(at, step);
        kept.shrink_to_fit();  // ASan sees a read behind the end
        while (true) {
            const bool had_head = reader.head_done();
            const auto used = reader.feed(kept.data(), kept.size());
            if (!used) return {};
            if (*used > kept.size() || reader.body().size() > *used) std::abort();
            seen.body += reader.body();
            kept.erase(0, *used);
            if (reader.done() || (*used == 0 && had_head == reader.head_done())) break;
        }
        if (kept.size() > 8192) std::abort();  // nothing may pile up unread
    }
    if (!reader.done()) (void)reader.end_of_input();
    seen.done = reader.done();
    if (seen.done) seen.head = head_of(reader);
    return seen;
}

void compare(MessageReader::Side side, std::string_view input) {
    const auto whole = read(side, input, input.size() + 1);
    for (const std::size_t step : {1, 5}) {
        const auto cut = read(side, input, step);
        if (whole.done != cut.done) std::abort();
        if (whole.done && whole != cut) std::abort();
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size > (1 << 16)) return 0;
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    for (const auto side : {MessageReader::Side::request, MessageReader::Side::response})
        compare(side, input);
    return 0;
}
