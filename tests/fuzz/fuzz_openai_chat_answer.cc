// Whatever a provider answers becomes events in a legal order; a whole answer that was read and
// written is the same after it has been read and written again.
#include "base/text.h"
#include "chat/answer.h"
#include "wire/openai/answer_writer.h"
#include "wire/openai/chat_reader.h"

#include <cstdint>
#include <cstdlib>

namespace {

using namespace ogem;

std::vector<chat::Event> read(std::string_view body) {
    chat::Events out;
    int next = 0;
    wire::openai::read_chat_answer(
        body, [&](std::string_view prefix) { return cat(prefix, "\x7f", next++); }, out);
    return out.take();
}

bool is_complete(const std::vector<chat::Event>& events) {
    chat::Lifecycle lifecycle;
    for (const auto& event : events)
        if (!lifecycle.accept(event)) std::abort();
    if (!lifecycle.over()) std::abort();
    return std::holds_alternative<chat::Ended>(events.back());
}

std::string written(const std::vector<chat::Event>& events) {
    wire::openai::AnswerStyle style;
    style.model = "m";
    style.id = "i";
    return wire::openai::write_answer(chat::fold(events), style);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    const auto events = read({reinterpret_cast<const char*>(data), size});
    if (!is_complete(events)) return 0;
    const auto body = written(events);
    const auto again = read(body);
    if (!is_complete(again) || written(again) != body) std::abort();
    return 0;
}
