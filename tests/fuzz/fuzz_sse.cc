// However a stream is cut, the reader hands out the same events; and it never holds more than its
// limit.
#include "wire/sse.h"

#include <cstdint>
#include <cstdlib>
#include <string>

namespace {

using ogem::wire::SseEvent;
using ogem::wire::SseReader;

// "name|data" of each event; "too long" once the limit was passed.
std::string read(std::string_view stream, std::size_t piece) {
    SseReader reader(4'096);
    std::vector<SseEvent> events;
    std::string seen;
    const auto note = [&] {
        for (const auto& event : events) {
            seen.append(event.name).append(1, '|').append(event.data).append(1, '\n');
            const auto* in = event.data.data();
            if (event.plain && !(in == nullptr || (in >= event.raw.data() &&
                                                   in <= event.raw.data() + event.raw.size())))
                std::abort();
        }
        events.clear();
    };
    for (std::size_t at = 0; at < stream.size(); at += piece) {
        const std::string own(stream.substr(at, piece));  // its own memory: an overread is seen
        const bool fed = reader.feed(own, events).has_value();
        note();
        if (!fed) return seen + "too long";
    }
    reader.finish(events);
    note();
    return seen;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const std::string_view stream(reinterpret_cast<const char*>(data), size);
    const auto whole = read(stream, size + 1);
    if (whole.size() > 3'000) return 0;  // near the limit a cut may decide
    for (const std::size_t piece : {1, 2, 7})
        if (read(stream, piece) != whole) std::abort();
    return 0;
}
