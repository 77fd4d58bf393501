#include "wire/gemini/answer_reader.h"

#include "base/text.h"
#include "json/compact.h"
#include "json/scan.h"
#include "json/writer.h"
#include "wire/gemini/error.h"
#include "wire/gemini/finish_reason.h"
#include "wire/gemini/logprobs.h"
#include "wire/gemini/usage.h"
#include "wire/openai/provider_error.h"

#include <algorithm>
#include <optional>

namespace ogem::wire::gemini {

namespace {

using json::Cursor;

chat::Failure upstream_failure(std::string message, std::string_view code) {
    chat::Failure failure;
    failure.error = {Kind::upstream, std::move(message), 0, {}};
    failure.type = "server_error";
    failure.code = code;
    failure.maybe_charged = true;
    return failure;
}

std::string text_of(std::string_view raw) {
    return json::string_of(raw).value_or("");
}

// The raw value of a member that may stand behind others that need it.
std::string_view find_member(std::string_view json, std::string_view wanted) {
    std::string_view found, name;
    Cursor c(json);
    for (c.enter_object(); c.next_member(name);) {
        const auto value = c.value();
        if (name == wanted) found = value;
    }
    return found;
}

// A file that the model made, for the de-facto member `images` of a message.
chat::Json image_of(std::string_view inline_data) {
    const auto media_type = text_of(find_member(inline_data, "mimeType"));
    const auto data = text_of(find_member(inline_data, "data"));
    if (data.empty()) return {};
    std::string out;
    json::Writer w(out);
    w.begin_array().begin_object().key("type").value("image_url");
    w.key("image_url").begin_object();
    w.key("url").value(cat("data:", media_type, ";base64,", data));
    w.end_object().end_object().end_array();
    return out;
}

chat::Failure broken_answer(const Error& error) {
    return upstream_failure(cat("upstream sent a broken answer: ", error.message),
                            "upstream_error");
}

}  // namespace

// Nothing of a response is told unless all of it can be read: what was told cannot be rescued.
void AnswerReader::read(std::string_view json, chat::Events& out) {
    std::string_view candidates, usage, feedback, id, error, name;
    Cursor c(json);
    for (c.enter_object(); c.next_member(name);) {
        const auto value = c.value();
        if (name == "candidates") candidates = value;
        if (name == "usageMetadata") usage = value;
        if (name == "promptFeedback") feedback = value;
        if (name == "responseId") id = value;
        if (name == "error" && value != "null") error = value;
    }
    if (!c.finish()) return out.fail(broken_answer(c.error()));
    if (!error.empty()) {
        auto failure = read_error(0, {}, json);
        failure.maybe_charged = failure.maybe_charged || any_seen();
        return out.fail(std::move(failure));
    }
    if (!out.lifecycle().started()) out.start(text_of(id), 0);
    read_candidates(candidates, out);
    if (const auto counted = read_usage(usage)) out.used(*counted);
    read_feedback(feedback);
}

void AnswerReader::read_candidates(std::string_view candidates, chat::Events& out) {
    if (!candidates.starts_with('[')) return;
    int position = 0;
    Cursor c(candidates);
    for (c.enter_array(); c.next_element();) read_candidate(c, position++, out);
}

void AnswerReader::read_candidate(Cursor& c, int position, chat::Events& out) {
    std::string_view logprobs, reason, name;
    std::int64_t index = position;
    parts_.clear();
    if (c.peek() != '{') return void(c.value());
    for (c.enter_object(); c.next_member(name);) {
        if (name == "content" && c.peek() == '{') {
            note_parts(c);
            continue;
        }
        const auto value = c.value();
        if (name == "index") index = json::integer_of(value).value_or(position);
        if (name == "finishReason") reason = value;
        if (name == "logprobsResult") logprobs = value;
    }
    if (c.failed() || index < 0 || index >= chat::Lifecycle::kMostChoices) return;
    const auto choice = static_cast<std::size_t>(index);
    if (choices_.size() <= choice) choices_.resize(choice + 1);
    choices_[choice].seen = true;
    if (reason.starts_with('"')) choices_[choice].reason = text_of(reason);
    for (const auto& part : parts_) tell(part, static_cast<int>(index), out);
    if (auto tokens = logprobs.empty() ? chat::Json() : tokens_of(logprobs); !tokens.empty())
        out.also(static_cast<int>(index), "logprobs", std::move(tokens));
}

void AnswerReader::note_parts(Cursor& c) {
    std::string_view name;
    for (c.enter_object(); c.next_member(name);) {
        if (name != "parts" || c.peek() != '[')
            c.value();
        else
            for (c.enter_array(); c.next_element();) note_part(c);
    }
}

void AnswerReader::note_part(Cursor& c) {
    std::string_view name;
    if (c.peek() != '{') return void(c.value());
    auto& part = parts_.emplace_back();
    for (c.enter_object(); c.next_member(name);) {
        const auto value = c.value();
        if (name == "text") part.text = value;
        if (name == "thought") part.thought = value == "true";
        if (name == "functionCall") part.call = value;
        if (name == "thoughtSignature") part.signature = value;
        if (name == "inlineData") part.data = value;
    }
}

void AnswerReader::tell(const Part& part, int choice, chat::Events& out) {
    auto& said = choices_[static_cast<std::size_t>(choice)].said;
    if (part.text.size() > 2) {
        const auto words = text_of(part.text);
        part.thought ? out.reasoning(choice, words) : out.text(choice, words);
        said = said || !part.thought;
    }
    if (part.call.starts_with('{')) read_call(part.call, part.signature, choice, out);
    if (!part.data.starts_with('{') || part.thought) return;
    if (auto image = image_of(part.data); !image.empty()) {
        out.also(choice, "images", std::move(image));
        said = true;
    }
}

void AnswerReader::read_call(std::string_view raw, std::string_view signature, int choice,
                             chat::Events& out) {
    auto name = text_of(find_member(raw, "name"));
    if (name.empty()) return;
    auto id = text_of(find_member(raw, "id"));
    if (id.empty()) id = new_id_("call_");
    const auto args = find_member(raw, "args");
    auto arguments = args.starts_with('{') ? json::compact(args) : std::string("{}");
    const bool custom = std::ranges::find(state_.custom_tools, name) != state_.custom_tools.end();
    if (custom)
        if (const auto input = json::string_of(find_member(arguments, "input"))) arguments = *input;
    const int call = out.start_call(choice, std::move(id), std::move(name), custom);
    if (call < 0) return;
    out.call_arguments(choice, call, arguments);
    out.end_call(choice, call);
    if (!signature.empty()) out.keep(choice, call, chat::Kept::Kind::signature, text_of(signature));
    choices_[static_cast<std::size_t>(choice)].said = true;
}

void AnswerReader::read_feedback(std::string_view raw) {
    if (!raw.starts_with('{')) return;
    const auto reason = text_of(find_member(raw, "blockReason"));
    const auto message = text_of(find_member(raw, "blockReasonMessage"));
    if (!reason.empty()) blocked_ = message.empty() ? reason : message;
}

bool AnswerReader::any_seen() const {
    return std::ranges::any_of(choices_, &Choice::seen);
}

// Why the answer is worth nothing, if a candidate was garbled and none said anything.
const std::string* AnswerReader::garbled() const {
    if (std::ranges::any_of(choices_, &Choice::said)) return nullptr;
    const auto found = std::ranges::find_if(
        choices_, [](const Choice& choice) { return is_garbled(choice.reason); });
    return found == choices_.end() ? nullptr : &found->reason;
}

void AnswerReader::end(chat::Events& out) {
    if (out.lifecycle().over()) return;
    if (!any_seen() && !blocked_.empty()) {
        out.refusal(0, blocked_);
        out.finish(0, chat::Finish::content_filter);
        return out.end();
    }
    if (!any_seen() && form_ == Form::whole)
        return out.fail(
            upstream_failure("upstream answered without a candidate", "upstream_error"));
    const bool cut =
        form_ == Form::stream && std::ranges::any_of(choices_, [](const Choice& choice) {
            return choice.seen && choice.reason.empty();
        });
    if (!any_seen() || cut)
        return out.fail(upstream_failure("upstream stream ended early", "upstream_truncated"));
    if (const auto* reason = garbled())
        return out.fail(upstream_failure(cat("upstream ended with ", *reason), "upstream_error"));
    finish_choices(out);
}

void AnswerReader::finish_choices(chat::Events& out) {
    for (std::size_t i = 0; i < choices_.size(); ++i) {
        const int choice = static_cast<int>(i);
        if (!choices_[i].seen) continue;
        out.finish(choice, finish_of(choices_[i].reason, out.lifecycle().calls(choice) > 0));
    }
    out.end();
}

void read_answer(std::string_view body, chat::AnswerState state, chat::NewId new_id,
                 chat::Events& out) {
    if (!trim(body).starts_with('{'))
        return out.fail(upstream_failure(cat("upstream answered 200 with ", openai::look_of(body)),
                                         "upstream_error"));
    AnswerReader reader(AnswerReader::Form::whole, std::move(state), std::move(new_id));
    reader.read(body, out);
    reader.end(out);
}

}  // namespace ogem::wire::gemini
