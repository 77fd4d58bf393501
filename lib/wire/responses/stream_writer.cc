#include "wire/responses/stream_writer.h"

#include "base/text.h"
#include "chat/answer.h"
#include "json/cursor.h"
#include "wire/openai/answer/logprobs.h"
#include "wire/openai/error.h"

#include <utility>

namespace ogem::wire::responses {

namespace {

// One event; `members` writes what is its own.
template <class Members>
void tell(std::int64_t& sequence, std::string_view type, std::string& out, Members members) {
    append(out, "event: ", type, "\ndata: ");
    json::Writer w(out);
    w.begin_object().key("type").value(type);
    members(w);
    w.key("sequence_number").value(sequence++).end_object();
    out += "\n\n";
}

// Clients such as Codex wait for the time that they find in the message.
std::string message_of(const chat::Failure& failure) {
    const auto& error = failure.error;
    const bool hint = error.kind == Kind::limited && error.retry_after > Duration::zero();
    if (!hint || error.message.find("try again in") != std::string::npos) return error.message;
    const auto ms = std::chrono::ceil<std::chrono::milliseconds>(error.retry_after).count();
    return cat(error.message, " Please try again in ", ms, "ms.");
}

}  // namespace

struct EventTeller {
    ResponseStreamWriter& w;
    std::string& out;
    using Part = ResponseStreamWriter::Part;

    void operator()(const chat::Started& e) const { w.start(e, out); }
    void operator()(const chat::Text& e) const {
        if (e.choice == 0) w.speak(Item::Kind::message, Part::text, e.text, out);
    }
    void operator()(const chat::Refusal& e) const {
        if (e.choice == 0) w.speak(Item::Kind::message, Part::refusal, e.text, out);
    }
    void operator()(const chat::Reasoning& e) const {
        if (e.choice == 0 && w.style_.show_reasoning)
            w.speak(Item::Kind::reasoning, Part::summary, e.text, out);
    }
    void operator()(const chat::CallStarted& e) const {
        if (e.choice == 0) w.call_started(e, out);
    }
    void operator()(const chat::CallArguments& e) const {
        if (e.choice == 0) w.call_arguments(e, out);
    }
    void operator()(const chat::CallEnded& e) const {
        if (e.choice == 0) w.call_ended(e);
    }
    void operator()(const chat::Also& e) const {
        if (e.choice == 0) w.also(e, out);
    }
    void operator()(const chat::Finished& e) const {
        if (e.choice == 0) w.finished(e.reason, out);
    }
    void operator()(const chat::Used& e) const { w.usage_ = e.usage; }
    void operator()(const chat::Failed& e) const { w.failed(e.failure, out); }
    void operator()(const chat::Ended&) const { w.ended(out); }
    void operator()(const chat::Kept&) const {}
};

void ResponseStreamWriter::write(const chat::Event& event, std::string& out) {
    std::visit(EventTeller{*this, out}, event);
}

void ResponseStreamWriter::tell_response(std::string_view type, std::string& out) {
    tell(sequence_, type, out,
         [&](json::Writer& w) { write_response(w.key("response"), response_, style_); });
}

void ResponseStreamWriter::start(const chat::Started& started, std::string& out) {
    response_.id = style_.new_id("resp_");
    response_.created = started.created ? started.created : style_.created;
    tell_response("response.created", out);
    tell_response("response.in_progress", out);
}

std::size_t ResponseStreamWriter::open_item(Item item, std::string& out) {
    const auto index = response_.output.size();
    item.id = style_.new_id(id_prefix(item.kind));
    response_.output.push_back(std::move(item));
    tell(sequence_, "response.output_item.added", out, [&](json::Writer& w) {
        write_item(w.key("output_index").value(index).key("item"), response_.output[index]);
    });
    return index;
}

// What the events of the open part have in common: where it stands.
void ResponseStreamWriter::write_place(json::Writer& w) const {
    w.key("item_id").value(response_.output[*speech_].id).key("output_index").value(*speech_);
    w.key(part_ == Part::summary ? "summary_index" : "content_index").value(parts_ - 1);
}

void ResponseStreamWriter::open_part(Part part, std::string& out) {
    part_ = part;
    ++parts_;
    const bool summary = part == Part::summary;
    tell(sequence_,
         summary ? "response.reasoning_summary_part.added" : "response.content_part.added", out,
         [&](json::Writer& w) {
             write_place(w);
             write_part(w.key("part"), {});
         });
}

// The open part as it is now, or at its beginning.
void ResponseStreamWriter::write_part(json::Writer& w, const Item& item) const {
    if (part_ == Part::summary) return write_summary_part(w, item.text);
    if (part_ == Part::refusal) return write_refusal_part(w, item.refusal);
    write_text_part(w, item);
}

std::string_view ResponseStreamWriter::word_of_part() const {
    if (part_ == Part::summary) return "response.reasoning_summary_text";
    return part_ == Part::refusal ? "response.refusal" : "response.output_text";
}

void ResponseStreamWriter::close_part(std::string& out) {
    const auto& item = response_.output[*speech_];
    const bool refusal = part_ == Part::refusal, summary = part_ == Part::summary;
    tell(sequence_, cat(word_of_part(), ".done"), out, [&](json::Writer& w) {
        write_place(w);
        w.key(refusal ? "refusal" : "text").value(refusal ? item.refusal : item.text);
        if (part_ == Part::text) w.key("logprobs").raw(item.logprobs);
    });
    tell(sequence_, summary ? "response.reasoning_summary_part.done" : "response.content_part.done",
         out, [&](json::Writer& w) {
             write_place(w);
             write_part(w.key("part"), item);
         });
    part_ = Part::none;
}

void ResponseStreamWriter::close_item(std::size_t index, Status status, std::string& out) {
    auto& item = response_.output[index];
    if (item.status != Status::in_progress) return;
    if (speech_ == index) {
        close_part(out);
        speech_.reset();
    } else {
        close_call(item, index, out);
    }
    item.status = status;
    tell(sequence_, "response.output_item.done", out, [&](json::Writer& w) {
        write_item(w.key("output_index").value(index).key("item"), item);
    });
}

void ResponseStreamWriter::close_call(const Item& item, std::size_t index, std::string& out) {
    const bool custom = item.kind == Item::Kind::custom_call;
    tell(sequence_,
         custom ? "response.custom_tool_call_input.done" : "response.function_call_arguments.done",
         out, [&](json::Writer& w) {
             w.key("item_id").value(item.id).key("output_index").value(index);
             if (!custom) w.key("name").value(item.name);
             w.key(custom ? "input" : "arguments").value(item.text);
         });
}

void ResponseStreamWriter::close_ended_calls(std::string& out) {
    for (const auto& call : calls_)
        if (call.ended) close_item(call.item, Status::completed, out);
}

void ResponseStreamWriter::close_speech(std::string& out) {
    if (speech_) close_item(*speech_, Status::completed, out);
}

void ResponseStreamWriter::speak(Item::Kind kind, Part part, std::string_view text,
                                 std::string& out) {
    // A message says its text first; a refusal before it makes another message.
    const bool backwards = part_ == Part::refusal && part == Part::text;
    if (speech_ && (response_.output[*speech_].kind != kind || backwards)) close_speech(out);
    if (!speech_) {
        close_ended_calls(out);
        Item item;
        item.kind = kind;
        speech_ = open_item(std::move(item), out);
        parts_ = annotations_ = 0;
    }
    if (part_ != part) {
        if (part_ != Part::none) close_part(out);
        open_part(part, out);
    }
    auto& item = response_.output[*speech_];
    (part == Part::refusal ? item.refusal : item.text) += text;
    tell(sequence_, cat(word_of_part(), ".delta"), out, [&](json::Writer& w) {
        write_place(w);
        w.key("delta").value(text);
        if (part == Part::text) w.key("logprobs").raw("[]");
    });
}

void ResponseStreamWriter::call_started(const chat::CallStarted& call, std::string& out) {
    close_speech(out);
    close_ended_calls(out);
    Item item;
    item.kind = call.custom ? Item::Kind::custom_call : Item::Kind::function_call;
    item.call_id = call.id;
    item.name = call.name;
    calls_.push_back({open_item(std::move(item), out)});
}

void ResponseStreamWriter::call_arguments(const chat::CallArguments& piece, std::string& out) {
    const auto index = calls_[index_of(piece.call)].item;
    auto& item = response_.output[index];
    item.text += piece.text;
    const bool custom = item.kind == Item::Kind::custom_call;
    tell(
        sequence_,
        custom ? "response.custom_tool_call_input.delta" : "response.function_call_arguments.delta",
        out, [&](json::Writer& w) {
            w.key("item_id").value(item.id).key("output_index").value(index);
            w.key("delta").value(piece.text);
        });
}

// Annotations and logprobs belong to the text that is open; elsewhere there is no place for them.
void ResponseStreamWriter::also(const chat::Also& extra, std::string& out) {
    if (part_ != Part::text) return;
    auto& item = response_.output[*speech_];
    if (extra.name == openai::kLogprobs) return chat::join_arrays(item.logprobs, extra.value);
    if (extra.name != "annotations") return;
    const auto added = flat_annotations(extra.value);
    json::Cursor c(added);
    for (c.enter_array(); c.next_element();) {
        const auto annotation = c.value();
        tell(sequence_, "response.output_text.annotation.added", out, [&](json::Writer& w) {
            write_place(w);
            w.key("annotation_index").value(annotations_++).key("annotation").raw(annotation);
        });
    }
    chat::join_arrays(item.annotations, added);
}

void ResponseStreamWriter::finished(chat::Finish finish, std::string& out) {
    const bool cut = finish == chat::Finish::length || finish == chat::Finish::content_filter;
    const auto count = response_.output.size();
    for (std::size_t i = 0; i < count; ++i)
        close_item(i, cut && i + 1 == count ? Status::incomplete : Status::completed, out);
    finish_ = finish;
}

void ResponseStreamWriter::failed(const chat::Failure& failure, std::string& out) {
    auto type = failure.type, code = failure.code;
    openai::fill_words(failure.error.kind, type, code);
    response_.status = "failed";
    response_.error_code = code.empty() ? type : code;
    response_.error_message = message_of(failure);
    if (response_.id.empty()) response_.id = style_.new_id("resp_");
    tell_response("response.failed", out);
}

void ResponseStreamWriter::ended(std::string& out) {
    settle(response_, finish_);
    response_.usage = usage_;
    tell_response(
        response_.incomplete_reason.empty() ? "response.completed" : "response.incomplete", out);
}

}  // namespace ogem::wire::responses
