#include "wire/anthropic/stream_reader.h"

#include "base/text.h"
#include "json/cursor.h"
#include "json/scan.h"
#include "wire/anthropic/error.h"

#include <utility>

namespace ogem::wire::anthropic {

namespace {

// The members that events have, raw.
struct Data {
    std::string_view type, message, content_block, delta, usage, error;
    std::int64_t index = 0;
};

bool read_data(std::string_view text, Data& data) {
    json::Cursor c(text);
    std::string_view name;
    for (c.enter_object(); c.next_member(name);) {
        const auto raw = c.value();
        if (name == "type" && raw.size() >= 2) data.type = raw.substr(1, raw.size() - 2);
        if (name == "index") data.index = json::integer_of(raw).value_or(0);
        if (name == "delta") data.delta = raw;
        if (name == "content_block") data.content_block = raw;
        if (name == "message") data.message = raw;
        if (name == "usage") data.usage = raw;
        if (name == "error") data.error = raw;
    }
    return c.finish();
}

struct Stop {
    std::string_view reason, details;
};

Stop read_stop(std::string_view delta) {
    Stop stop;
    json::Cursor c(delta);
    std::string_view name;
    if (c.peek() != '{') return stop;
    for (c.enter_object(); c.next_member(name);) {
        const auto raw = c.value();
        if (name == "stop_reason") stop.reason = raw;
        if (name == "stop_details") stop.details = raw;
    }
    return stop;
}

chat::Failure broken(std::string why) {
    chat::Failure failure;
    failure.error = {Kind::upstream, std::move(why), 0, {}};
    failure.type = "server_error";
    failure.code = "upstream_error";
    failure.maybe_charged = true;
    return failure;
}

}  // namespace

StreamReader::StreamReader(chat::AnswerState state, chat::NewId new_id)
    : teller_(std::move(state), std::move(new_id)) {}

void StreamReader::feed(std::string_view bytes, chat::Events& out) {
    if (out.lifecycle().over()) return;
    events_.clear();
    const auto fed = sse_.feed(bytes, events_);
    take_all(out);
    if (!fed && !out.lifecycle().over()) out.fail(broken(fed.error().message));
}

void StreamReader::finish(chat::Events& out) {
    if (out.lifecycle().over()) return;
    events_.clear();
    sse_.finish(events_);
    take_all(out);
    if (!out.lifecycle().over()) out.end();
}

void StreamReader::take_all(chat::Events& out) {
    for (const auto& event : events_)
        if (!out.lifecycle().over()) take(event, out);
}

void StreamReader::take(const SseEvent& event, chat::Events& out) {
    // Google adds a `vertex_event` of its own.
    if (event.data.empty() || event.name == "ping" || event.name == "vertex_event") return;
    Data data;
    if (!read_data(event.data, data)) {
        if (trim(event.data) == "[DONE]") return;
        return out.fail(broken("the provider's stream holds an event that is not a JSON object"));
    }
    if (data.type.empty()) data.type = event.name;
    if (data.type == "error" || data.error.starts_with('{')) {
        out.fail(read_stream_error(event.data, started_));
    } else if (data.type == "content_block_delta") {
        teller_.delta(data.index, data.delta, out);
    } else if (data.type == "content_block_start") {
        if (!teller_.open(data.index, data.content_block, out))
            out.fail(broken("the provider's stream opens more content blocks than it closes"));
    } else if (data.type == "content_block_stop") {
        teller_.close(data.index, out);
    } else if (data.type == "message_start" && !std::exchange(started_, true)) {
        teller_.start(data.message, out);
    } else if (data.type == "message_delta") {
        const auto stop = read_stop(data.delta);
        teller_.stop(stop.reason, stop.details);
        teller_.count(data.usage, out);
    } else if (data.type == "message_stop") {
        out.start("", 0);
        teller_.end(out);
    }
}

}  // namespace ogem::wire::anthropic
