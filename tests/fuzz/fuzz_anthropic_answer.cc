// Whatever a provider answers: it is told in a legal order, always to an end; as a failure it has a
// kind and a sentence. The first byte chooses what the request left behind.
#include "fuzz/events.h"
#include "wire/anthropic/answer_reader.h"
#include "wire/anthropic/error.h"

#include <cstdint>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    using namespace ogem;
    if (size == 0) return 0;
    const std::string_view body(reinterpret_cast<const char*>(data) + 1, size - 1);
    chat::AnswerState state;
    if (data[0] % 4 == 1) state.unwrap_tool = "f";
    if (data[0] % 4 == 2) state.custom_tools = {"f"};
    chat::Events out;
    wire::anthropic::read_answer(
        body, state, [](std::string_view prefix) { return std::string(prefix) + "new"; }, out);
    fuzz::check_order(out.all());
    for (const int status : {400, 401, 402, 429, 500, 529})
        if (wire::anthropic::read_error(status, {}, body).error.message.empty()) std::abort();
    if (wire::anthropic::read_stream_error(body, true).error.message.empty()) std::abort();
    return 0;
}
