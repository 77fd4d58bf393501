// Whatever a provider sends, as a whole answer or as a stream cut anywhere, is told in a legal
// order and brought to an end.
#include "wire/gemini/stream_reader.h"

#include <cstdint>
#include <cstdlib>

namespace {

using namespace ogem;

// Counts what was told; aborts on an illegal order or a missing end.
std::size_t check(chat::Events& out) {
    chat::Lifecycle legal;
    const auto events = out.take();
    for (const auto& event : events)
        if (!legal.accept(event)) std::abort();
    if (!legal.over()) std::abort();
    return events.size();
}

chat::NewId ids() {
    return [](std::string_view prefix) { return std::string(prefix) + "x"; };
}

std::size_t read(std::string_view stream, std::size_t piece) {
    wire::gemini::StreamReader reader({"", {"custom"}}, ids());
    chat::Events out;
    for (std::size_t at = 0; at < stream.size(); at += piece)
        reader.feed(std::string(stream.substr(at, piece)), out);
    reader.finish(out);
    return check(out);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const std::string_view text(reinterpret_cast<const char*>(data), size);
    chat::Events whole;
    wire::gemini::read_answer(text, {"", {"custom"}}, ids(), whole);
    check(whole);
    const auto told = read(text, size + 1);
    for (const std::size_t piece : {1, 7})
        if (read(text, piece) != told) std::abort();
    return 0;
}
