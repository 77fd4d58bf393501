#include "wire/openai/stream.h"

#include "base/text.h"
#include "json/writer.h"
#include "wire/openai/usage.h"

namespace ogem::wire::openai {

namespace {

constexpr std::string_view kDone = "[DONE]";

std::unexpected<Error> cut_short(std::string_view how) {
    return fail(Kind::upstream, cat("upstream ended the stream ", how));
}

// An event whose own bytes cannot stand for it, written anew.
void write_anew(std::string_view name, std::string_view data, std::string& out) {
    if (!name.empty()) append(out, "event: ", name, '\n');
    for (const auto line : split(data, '\n')) append(out, "data: ", line, '\n');
    out += '\n';
}

// `text` with `part`, a view into it, replaced.
void append_replaced(std::string& out, std::string_view text, std::string_view part,
                     std::string_view replacement) {
    const auto at = static_cast<std::size_t>(part.data() - text.data());
    out.append(text.substr(0, at)).append(replacement).append(text.substr(at + part.size()));
}

}  // namespace

StreamLane::StreamLane(std::string_view shown_model) {
    if (!shown_model.empty()) json::append_string(shown_model_json_, shown_model);
}

Result<void> StreamLane::feed(std::string_view bytes, std::string& out) {
    if (complete_) return {};
    auto fed = reader_.feed(bytes, events_);
    auto passed = pass_all(out);
    if (!passed) return passed;
    return complete_ ? Result<void>() : fed;
}

Result<void> StreamLane::finish(std::string& out) {
    if (complete_) return {};
    reader_.finish(events_);
    if (auto passed = pass_all(out); !passed || complete_) return passed;
    if (!choices_.any()) return cut_short("without an answer");
    if (!choices_.all_finished()) return cut_short("in the middle of the answer");
    complete_ = true;
    write_anew({}, kDone, out);
    return {};
}

Result<void> StreamLane::pass_all(std::string& out) {
    Result<void> passed;
    for (const auto& event : events_)
        if (!complete_ && passed) passed = pass(event, out);
    events_.clear();
    return passed;
}

Result<void> StreamLane::pass(const SseEvent& event, std::string& out) {
    if (event.name == "error") return in_band_error(event.data);
    const auto data = trim(event.data);
    if (data.empty()) return {};
    if (data == kDone) return end(event, out);
    const auto chunk = read_chunk(event.data, !meaningful_, choices_);
    if (!chunk) return fail(chunk.error());
    if (!chunk->error.empty()) return in_band_error(event.data);
    if (!chunk->usage.empty()) usage_ = read_usage(chunk->usage);
    meaningful_ = meaningful_ || chunk->meaningful;
    write(event, chunk->model, out);
    return {};
}

Result<void> StreamLane::end(const SseEvent& event, std::string& out) {
    if (!choices_.any()) return cut_short("without an answer");
    complete_ = true;
    write(event, {}, out);
    return {};
}

std::unexpected<Error> StreamLane::in_band_error(std::string_view data) {
    words_ = read_event_words(data);
    const auto kind = words_.status ? kind_of_status(words_.status) : Kind::upstream;
    return fail(Error{kind, words_.message, words_.status, {}});
}

void StreamLane::write(const SseEvent& event, std::string_view model, std::string& out) const {
    const bool splice = !model.empty() && !shown_model_json_.empty() && model != shown_model_json_;
    const auto shown = splice ? std::string_view(shown_model_json_) : std::string_view();
    if (!splice) model = event.plain ? event.raw.substr(0, 0) : event.data.substr(0, 0);
    if (event.plain) return append_replaced(out, event.raw, model, shown);
    std::string data;
    append_replaced(data, event.data, model, shown);
    write_anew(event.name, data, out);
}

std::string stream_error_event(const std::string& error_body) {
    return cat("data: ", error_body, "\n\n");
}

}  // namespace ogem::wire::openai
