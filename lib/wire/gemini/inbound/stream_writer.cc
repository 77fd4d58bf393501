#include "wire/gemini/inbound/stream_writer.h"

#include "wire/gemini/error.h"
#include "wire/gemini/finish_reason.h"
#include "wire/gemini/inbound/candidate.h"
#include "wire/openai/error.h"

#include <algorithm>

namespace ogem::wire::gemini {

void AnswerStreamWriter::begin(std::string& out) {
    const bool first = !begun_;
    begun_ = true;
    if (form_ == Form::sse)
        out += "data: ";
    else
        out += first ? "[" : ",\r\n";
}

void AnswerStreamWriter::end(std::string& out) const {
    if (form_ == Form::sse) out += "\r\n\r\n";
}

AnswerStreamWriter::Choice& AnswerStreamWriter::choice_at(int choice) {
    const auto index = static_cast<std::size_t>(choice);
    if (choices_.size() <= index) choices_.resize(index + 1);
    choices_[index].seen = true;
    return choices_[index];
}

template <class WriteParts>
void AnswerStreamWriter::respond(int choice, std::string_view logprobs, WriteParts write_parts,
                                 std::string& out) {
    choice_at(choice).said = true;
    begin(out);
    json::Writer w(out);
    w.begin_object().key("candidates").begin_array();
    begin_candidate(w);
    write_parts(w);
    end_candidate(w, choice, {}, logprobs);
    w.end_array();
    write_tail(w, {}, style_, id_);
    w.end_object();
    end(out);
}

void AnswerStreamWriter::write_also(const chat::Also& extra, std::string& out) {
    if (extra.name == "logprobs")
        respond(
            extra.choice, extra.value, [](json::Writer&) {}, out);
    if (extra.name == "images")
        respond(
            extra.choice, {}, [&](json::Writer& w) { write_images(w, extra.value); }, out);
}

bool AnswerStreamWriter::is_blocked() const {
    return choices_.size() == 1 && choices_[0].finish == chat::Finish::content_filter &&
           !choices_[0].said && !choices_[0].refusal.empty();
}

void AnswerStreamWriter::write_end(std::string& out) {
    begin(out);
    json::Writer w(out);
    w.begin_object();
    if (is_blocked()) {
        write_blocked(w, choices_[0].refusal);
    } else {
        w.key("candidates").begin_array();
        for (std::size_t i = 0; i < choices_.size(); ++i) {
            const auto& choice = choices_[i];
            if (!choice.seen) continue;
            begin_candidate(w);
            if (!choice.refusal.empty()) write_text(w, choice.refusal, false);
            end_candidate(w, static_cast<int>(i),
                          reason_of(choice.finish.value_or(chat::Finish::stop)), {});
        }
        w.end_array();
    }
    write_tail(w, usage_, style_, id_);
    w.end_object();
    end(out);
    if (form_ == Form::array) out += ']';
}

void AnswerStreamWriter::write_failure(const chat::Failure& failure, std::string& out) {
    const int theirs = failure.error.upstream_status;
    const int status = theirs >= 400 ? theirs : openai::words_of(failure.error.kind).status;
    begin(out);
    out += error_body(status, failure.error.message);
    end(out);
    if (form_ == Form::array) out += ']';
}

struct EventWriter {
    AnswerStreamWriter& w;
    std::string& out;

    void say(int choice, std::string_view text, bool thought) const {
        w.respond(
            choice, {}, [&](json::Writer& json) { write_text(json, text, thought); }, out);
    }
    chat::ToolCall& call(int choice, int number) const {
        return w.choice_at(choice).calls[static_cast<std::size_t>(number)];
    }

    void operator()(const chat::Started& e) const { w.id_ = e.id; }
    void operator()(const chat::Text& e) const { say(e.choice, e.text, false); }
    void operator()(const chat::Reasoning& e) const {
        w.choice_at(e.choice);
        if (w.style_.include_thoughts) say(e.choice, e.text, true);
    }
    void operator()(const chat::Refusal& e) const { w.choice_at(e.choice).refusal += e.text; }
    void operator()(const chat::CallStarted& e) const {
        w.choice_at(e.choice).calls.push_back({e.id, e.name, "", e.custom, ""});
    }
    void operator()(const chat::CallArguments& e) const {
        call(e.choice, e.call).arguments += e.text;
    }
    void operator()(const chat::CallEnded& e) const {
        auto whole = std::exchange(call(e.choice, e.call), {});
        w.respond(
            e.choice, {}, [&](json::Writer& json) { write_function_call(json, whole); }, out);
    }
    void operator()(const chat::Also& e) const {
        w.choice_at(e.choice);
        w.write_also(e, out);
    }
    void operator()(const chat::Finished& e) const { w.choice_at(e.choice).finish = e.reason; }
    void operator()(const chat::Used& e) const { w.usage_ = e.usage; }
    void operator()(const chat::Failed& e) const { w.write_failure(e.failure, out); }
    void operator()(const chat::Ended&) const { w.write_end(out); }
    void operator()(const chat::Kept&) const {}
};

void AnswerStreamWriter::write(const chat::Event& event, std::string& out) {
    std::visit(EventWriter{*this, out}, event);
}

}  // namespace ogem::wire::gemini
