#include "wire/gemini/stream_reader.h"

#include "base/text.h"
#include "json/cursor.h"

namespace ogem::wire::gemini {

namespace {

constexpr std::size_t kMaxBare = 16u << 20;

chat::Failure failure_of(const Error& error) {
    chat::Failure failure;
    failure.error = error;
    failure.maybe_charged = true;
    return failure;
}

}  // namespace

void StreamReader::feed(std::string_view bytes, chat::Events& out) {
    if (out.lifecycle().over()) return;
    const auto sse = bare_.empty() ? events_of(bytes) : std::string_view();
    const auto fed = lines_.feed(sse, events_);
    read_events(out);
    if (!fed) return out.fail(failure_of(fed.error()));
    bare_ += bytes.substr(sse.size());
    if (bare_.size() > kMaxBare)
        out.fail(failure_of(
            {Kind::upstream, "upstream sent more than 16 MiB that is no stream", 0, {}}));
}

void StreamReader::finish(chat::Events& out) {
    if (out.lifecycle().over()) return;
    lines_.finish(events_);
    read_events(out);
    read_bare(out);
    answer_.end(out);
}

// What comes before the first line that begins like JSON: no field of an event does.
std::string_view StreamReader::events_of(std::string_view bytes) {
    const auto is_json = [&](std::size_t at) { return bytes[at] == '{' || bytes[at] == '['; };
    if (at_line_start_ && !bytes.empty() && is_json(0)) return {};
    for (const char end : {'\n', '\r'})
        for (auto at = bytes.find(end); at != std::string_view::npos; at = bytes.find(end, at)) {
            ++at;
            if (at < bytes.size() && is_json(at)) bytes = bytes.substr(0, at);
        }
    if (!bytes.empty()) at_line_start_ = bytes.back() == '\n' || bytes.back() == '\r';
    return bytes;
}

void StreamReader::read_events(chat::Events& out) {
    for (const auto& event : events_) {
        if (out.lifecycle().over()) break;
        const auto data = trim(event.data);
        if (data.empty() || data == "[DONE]") continue;
        answer_.read(data, out);
    }
    events_.clear();
}

void StreamReader::read_bare(chat::Events& out) {
    if (bare_.empty() || out.lifecycle().over()) return;
    json::Cursor c(bare_);
    if (c.peek() == '{') return answer_.read(bare_, out);
    for (c.enter_array(); c.next_element();)
        if (const auto response = c.value(); !out.lifecycle().over()) answer_.read(response, out);
    if (!c.finish()) out.fail(failure_of(c.error()));
}

}  // namespace ogem::wire::gemini
