// Any bytes as a daemon's answer: fed whole and byte by byte, the same comes out of it, and it is
// complete in both or in neither.
#include "client/response_reader.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>

using namespace ogem;

namespace {

struct Outcome {
    bool ok = true, complete = false;
    int status = 0;
    std::string body;
    wire::Headers headers;
    bool operator==(const Outcome&) const = default;
};

Outcome read(std::string_view text, std::size_t step) {
    client::ResponseReader reader;
    Outcome outcome;
    while (!text.empty() && outcome.ok) {
        outcome.ok = reader.feed(text.substr(0, step), outcome.body).has_value();
        text.remove_prefix(std::min(step, text.size()));
    }
    outcome.complete = outcome.ok && reader.finish().has_value();
    if (!outcome.ok || !reader.has_head()) return outcome;
    outcome.status = reader.status();
    outcome.headers = reader.headers();
    return outcome;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    const auto whole = read(text, size == 0 ? 1 : size);
    if (read(text, 1) != whole) std::abort();
    if (whole.body.size() > size) std::abort();
    return 0;
}
