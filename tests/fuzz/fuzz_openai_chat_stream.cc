// Whatever a provider streams and however it is cut becomes the same events in a legal order; what
// a client would get of a complete stream says the same when it is read and written again.
#include "base/text.h"
#include "wire/openai/chat_reader.h"
#include "wire/openai/stream_writer.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>

namespace {

using namespace ogem;

struct Outcome {
    std::string bytes;  // for a client
    bool complete = false;
};

Outcome run(std::string_view stream, std::size_t piece) {
    int next = 0;
    wire::openai::ChatStreamReader reader(
        [&](std::string_view prefix) { return cat(prefix, "\x7f", next++); });
    wire::openai::AnswerStyle style;
    style.model = "m";
    style.id = "i";
    style.usage_asked = true;
    wire::openai::AnswerStreamWriter writer(style);
    chat::Events events;
    chat::Lifecycle legal;
    Outcome outcome;
    const auto pass = [&] {
        for (const auto& event : events.take()) {
            if (!legal.accept(event)) std::abort();
            writer.write(event, outcome.bytes);
            outcome.complete = std::holds_alternative<chat::Ended>(event);
        }
    };
    for (std::size_t at = 0; at < stream.size(); at += piece) {
        const std::string own(stream.substr(at, piece));
        reader.feed(own, events);
        pass();
    }
    reader.finish(events);
    pass();
    if (!legal.over()) std::abort();
    return outcome;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const std::string_view stream(reinterpret_cast<const char*>(data), size);
    const auto whole = run(stream, size + 1);
    for (const std::size_t piece : {1, 7})
        if (run(stream, piece).bytes != whole.bytes) std::abort();
    if (whole.complete != whole.bytes.ends_with(wire::openai::kDone)) std::abort();
    const auto again = run(whole.bytes, whole.bytes.size() + 1);
    if (again.complete != whole.complete) std::abort();
    if (whole.complete && again.bytes != whole.bytes) std::abort();
    return 0;
}
