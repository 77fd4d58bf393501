#include "wire/anthropic/answer_reader.h"

#include "base/text.h"
#include "json/cursor.h"
#include "wire/anthropic/error.h"
#include "wire/anthropic/teller.h"
#include "wire/openai/provider_error.h"

namespace ogem::wire::anthropic {

namespace {

struct Message {
    std::string_view type, content, stop_reason, stop_details;
};

Message read_members(std::string_view body, bool& is_object) {
    Message message;
    json::Cursor c(body);
    std::string_view name;
    for (c.enter_object(); c.next_member(name);) {
        const auto raw = c.value();
        if (name == "type") message.type = raw;
        if (name == "content") message.content = raw;
        if (name == "stop_reason") message.stop_reason = raw;
        if (name == "stop_details") message.stop_details = raw;
        if (name == "error" && raw.starts_with('{')) message.type = R"("error")";
    }
    is_object = c.finish();
    return message;
}

void fail_as_no_answer(std::string_view body, chat::Events& out) {
    chat::Failure failure;
    const bool json = trim(body).starts_with('{');
    failure.error = {
        Kind::upstream,
        cat("the provider answered 200 with ",
            json ? std::string("something that is no message") : openai::look_of(body)),
        200,
        {}};
    failure.type = "server_error";
    failure.code = "upstream_error";
    failure.maybe_charged = true;
    out.fail(std::move(failure));
}

}  // namespace

void read_answer(std::string_view body, const chat::AnswerState& state, const chat::NewId& new_id,
                 chat::Events& out) {
    bool is_object = false;
    const auto message = read_members(body, is_object);
    if (is_object && message.type == R"("error")") return out.fail(read_stream_error(body, false));
    if (!is_object || !message.content.starts_with('[')) return fail_as_no_answer(body, out);
    Teller teller(state, new_id);
    teller.start(body, out);
    std::int64_t index = 0;
    json::Cursor c(message.content);
    for (c.enter_array(); c.next_element(); ++index) {
        teller.open(index, c.value(), out);
        teller.close(index, out);
    }
    teller.stop(message.stop_reason, message.stop_details);
    teller.end(out);
}

}  // namespace ogem::wire::anthropic
