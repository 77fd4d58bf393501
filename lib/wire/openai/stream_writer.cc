#include "wire/openai/stream_writer.h"

#include "base/text.h"
#include "json/writer.h"
#include "wire/openai/answer/logprobs.h"
#include "wire/openai/error.h"
#include "wire/openai/usage.h"

namespace ogem::wire::openai {

namespace {

constexpr std::string_view kUnfinished = ",\"finish_reason\":null";

bool is_completion(const AnswerStyle& style) {
    return style.shape == Shape::completion;
}

}  // namespace

struct EventWriter {
    AnswerStreamWriter& w;
    std::string& out;

    void operator()(const chat::Started& e) const { w.start(e); }
    void operator()(const chat::Text& e) const { w.text(e.choice, e.text, out); }
    void operator()(const chat::Reasoning& e) const {
        if (!w.style_.show_reasoning) return;
        w.piece(e.choice, "reasoning_content", e.text, out);
    }
    void operator()(const chat::Refusal& e) const { w.piece(e.choice, "refusal", e.text, out); }
    void operator()(const chat::CallStarted& e) const { w.call_started(e, out); }
    void operator()(const chat::CallArguments& e) const { w.call_arguments(e, out); }
    void operator()(const chat::Also& e) const { w.also(e, out); }
    void operator()(const chat::Finished& e) const { w.finished(e, out); }
    void operator()(const chat::Used& e) const { w.usage_ = e.usage; }
    void operator()(const chat::Failed& e) const {
        append(out, "data: ", error_body(e.failure), "\n\n");
    }
    void operator()(const chat::Ended&) const { w.ended(out); }
    void operator()(const chat::CallEnded&) const {}
    void operator()(const chat::Kept&) const {}
};

AnswerStreamWriter::AnswerStreamWriter(AnswerStyle style)
    : style_(std::move(style)), tail_(style_.usage_asked ? "}],\"usage\":null}\n\n" : "}]}\n\n") {}

void AnswerStreamWriter::write(const chat::Event& event, std::string& out) {
    std::visit(EventWriter{*this, out}, event);
}

void AnswerStreamWriter::start(const chat::Started& started) {
    start_ = "data: ";
    json::Writer w(start_);
    w.begin_object().key("id").value(started.id.empty() ? style_.id : started.id);
    w.key("object").value(is_completion(style_) ? "text_completion" : "chat.completion.chunk");
    w.key("created").value(started.created ? started.created : style_.created);
    w.key("model").value(style_.model).key("choices").begin_array();
}

AnswerStreamWriter::Choice& AnswerStreamWriter::choice_at(int choice) {
    const auto index = static_cast<std::size_t>(choice);
    if (choices_.size() <= index) choices_.resize(index + 1);
    return choices_[index];
}

void AnswerStreamWriter::open(int choice, std::string& out) {
    if (std::exchange(choice_at(choice).open, true)) return;
    if (is_completion(style_)) {
        if (!style_.echo.empty()) text(choice, style_.echo, out);
        return;
    }
    begin(choice, out);
    out += R"("role":"assistant","content":"")";
    end(out);
}

void AnswerStreamWriter::begin(int choice, std::string& out) {
    open(choice, out);
    append(out, start_, "{\"index\":", choice,
           is_completion(style_) ? ",\"text\":" : ",\"delta\":{");
}

void AnswerStreamWriter::end(std::string& out) const {
    end_with(is_completion(style_) ? R"(,"logprobs":null)" : "}", out);
}

// Closes the delta or text with `members` behind it.
void AnswerStreamWriter::end_with(std::string_view members, std::string& out) const {
    append(out, members, kUnfinished, tail_);
}

void AnswerStreamWriter::piece(int choice, std::string_view member, std::string_view text,
                               std::string& out) {
    if (is_completion(style_)) return;
    begin(choice, out);
    append(out, '"', member, "\":");
    json::append_string(out, text);
    end(out);
}

void AnswerStreamWriter::text(int choice, std::string_view text, std::string& out) {
    if (!is_completion(style_)) return piece(choice, "content", text, out);
    begin(choice, out);
    json::append_string(out, text);
    end(out);
}

void AnswerStreamWriter::call_started(const chat::CallStarted& call, std::string& out) {
    if (is_completion(style_)) return;
    choice_at(call.choice).custom.push_back(call.custom);
    if (style_.legacy_functions && call.call > 0) return;
    begin(call.choice, out);
    const auto name = json::quoted(call.name);
    if (style_.legacy_functions) {
        append(out, R"("function_call":{"name":)", name, R"(,"arguments":""})");
    } else {
        append(out, R"("tool_calls":[{"index":)", call.call, R"(,"id":)", json::quoted(call.id));
        append(out, call.custom ? R"(,"type":"custom","custom":{"name":)"
                                : R"(,"type":"function","function":{"name":)");
        append(out, name, call.custom ? R"(,"input":""}}])" : R"(,"arguments":""}}])");
    }
    end(out);
}

void AnswerStreamWriter::call_arguments(const chat::CallArguments& piece, std::string& out) {
    if (is_completion(style_) || (style_.legacy_functions && piece.call > 0)) return;
    begin(piece.choice, out);
    if (style_.legacy_functions) {
        out += R"("function_call":{"arguments":)";
    } else {
        const bool custom = choice_at(piece.choice).custom[static_cast<std::size_t>(piece.call)];
        append(out, R"("tool_calls":[{"index":)", piece.call,
               custom ? R"(,"custom":{"input":)" : R"(,"function":{"arguments":)");
    }
    json::append_string(out, piece.text);
    out += style_.legacy_functions ? "}" : "}}]";
    end(out);
}

void AnswerStreamWriter::also(const chat::Also& extra, std::string& out) {
    if (is_completion(style_)) return;
    begin(extra.choice, out);
    if (is_logprobs(extra.name))
        return end_with(cat("},\"logprobs\":", logprobs_of(extra.name, extra.value)), out);
    append(out, json::quoted(extra.name), ':', extra.value);
    end(out);
}

void AnswerStreamWriter::finished(const chat::Finished& finish, std::string& out) {
    begin(finish.choice, out);
    append(out, is_completion(style_) ? R"("","logprobs":null)" : "}", ",\"finish_reason\":\"",
           name_of(finish.reason, style_), '"', tail_);
}

void AnswerStreamWriter::ended(std::string& out) const {
    if (style_.usage_asked && usage_) {
        append(out, start_, "],\"usage\":");
        json::Writer w(out);
        write_usage(w, *usage_);
        out += "}\n\n";
    }
    out += kDone;
}

}  // namespace ogem::wire::openai
