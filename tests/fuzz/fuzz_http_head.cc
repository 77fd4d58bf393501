// Any bytes, cut anywhere, as a request and as an answer: the reader never crashes, never reads
// past what it is given, never consumes more than there is, and never finds a body in what it
// refused.
#include "net/http1.h"

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

using ogem::net::MessageReader;

void read(MessageReader::Side side, std::string_view input, std::size_t step) {
    MessageReader reader(side, {4096, 1 << 16});
    std::string kept;
    for (std::size_t at = 0; at < input.size() && !reader.done(); at += step) {
        kept += input.substr(at, step);
        kept.shrink_to_fit();  // ASan sees a read behind the end
        while (true) {
            const auto used = reader.feed(kept.data(), kept.size());
            if (!used) return;
            if (*used > kept.size() || reader.body().size() > *used) std::abort();
            kept.erase(0, *used);
            if (*used == 0 || reader.done()) break;
        }
        if (kept.size() > 8192) std::abort();  // nothing may pile up unread
    }
    if (!reader.done()) (void)reader.end_of_input();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size > (1 << 16)) return 0;
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    for (const std::size_t step : {std::size_t{1}, std::size_t{5}, size + 1})
        for (const auto side : {MessageReader::Side::request, MessageReader::Side::response})
            read(side, input, step);
    return 0;
}
