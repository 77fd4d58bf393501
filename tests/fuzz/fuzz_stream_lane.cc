// Whatever a provider sends and however it is cut, the lane believes the same, never ends an answer
// twice and never passes [DONE] without being complete. The first byte chooses the shown model.
#include "wire/openai/stream.h"

#include <cstdint>
#include <cstdlib>
#include <string>

namespace {

using ogem::wire::openai::StreamLane;

struct Outcome {
    std::string out, error;
    bool complete = false, meaningful = false;
};

Outcome run(std::string_view stream, std::string_view shown, std::size_t piece) {
    StreamLane lane(shown);
    Outcome outcome;
    ogem::Result<void> result;
    for (std::size_t at = 0; at < stream.size() && result; at += piece) {
        const std::string own(stream.substr(at, piece));
        result = lane.feed(own, outcome.out);
    }
    if (result) result = lane.finish(outcome.out);
    if (!result) outcome.error = result.error().message + " ";
    outcome.complete = lane.complete();
    outcome.meaningful = lane.meaningful();
    if (outcome.complete != outcome.error.empty()) std::abort();
    return outcome;
}

// Without the CR and LF, which may stand on either side of a cut.
std::string without_line_ends(std::string text) {
    std::erase_if(text, [](char c) { return c == '\r' || c == '\n'; });
    return text;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    if (size == 0) return 0;
    const std::string_view stream(reinterpret_cast<const char*>(data) + 1, size - 1);
    const auto shown = data[0] % 2 ? "" : "ali\"as";
    const auto whole = run(stream, shown, size + 1);
    for (const std::size_t piece : {1, 5}) {
        const auto cut = run(stream, shown, piece);
        if (cut.error != whole.error || cut.complete != whole.complete ||
            cut.meaningful != whole.meaningful)
            std::abort();
        if (without_line_ends(cut.out) != without_line_ends(whole.out)) std::abort();
    }
    return 0;
}
