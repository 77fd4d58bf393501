// Whatever a stream of Claude holds and however it is cut: it is told in a legal order, always to
// an end, and always the same; and what is written of it in Anthropic's dialect is told alike. The
// first byte chooses what the request left behind.
#include "fuzz/events.h"
#include "wire/anthropic/client/message_stream.h"
#include "wire/anthropic/stream_reader.h"

#include <cstdint>
#include <string_view>

namespace {

using namespace ogem;

std::vector<chat::Event> read(std::string_view stream, const chat::AnswerState& state,
                              std::size_t piece) {
    wire::anthropic::StreamReader reader(
        state, [](std::string_view prefix) { return std::string(prefix) + "new"; });
    chat::Events out;
    for (std::size_t at = 0; at < stream.size(); at += piece) {
        const std::string own(stream.substr(at, piece));
        reader.feed(own, out);
    }
    reader.finish(out);
    auto events = out.take();
    fuzz::check_order(events);
    return events;
}

// Text and calls of the answer; the rest has no place in the other dialect.
std::string common(const std::vector<chat::Event>& events) {
    auto answer = chat::fold(events);
    if (answer.choices.empty()) return {};
    std::string out = answer.choices[0].text;
    for (const auto& call : answer.choices[0].calls)
        out += '\n' + call.id + call.name + (call.arguments.empty() ? "{}" : call.arguments);
    return out;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    if (size == 0) return 0;
    const std::string_view stream(reinterpret_cast<const char*>(data) + 1, size - 1);
    chat::AnswerState state;
    if (data[0] % 4 == 1) state.unwrap_tool = "f";
    if (data[0] % 4 == 2) state.custom_tools = {"f"};
    const auto events = read(stream, state, size + 1);
    for (const std::size_t piece : {1, 7})
        if (fuzz::told(read(stream, state, piece)) != fuzz::told(events)) std::abort();
    if (data[0] % 4 == 2 || !std::holds_alternative<chat::Ended>(events.back())) return 0;

    wire::anthropic::MessageStreamWriter writer({"m", "msg_1"});
    std::string bytes;
    for (const auto& event : events) writer.write(event, bytes);
    const auto again = read(bytes, {}, bytes.size() + 1);
    if (common(again) != common(events)) std::abort();
    return 0;
}
