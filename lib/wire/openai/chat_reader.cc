#include "wire/openai/chat_reader.h"

#include "base/text.h"
#include "json/scan.h"
#include "wire/openai/answer/logprobs.h"
#include "wire/openai/answer/message_reader.h"
#include "wire/openai/provider_error.h"
#include "wire/openai/usage.h"

#include <algorithm>

namespace ogem::wire::openai {

namespace {

using chat::Finish;

constexpr std::string_view kDoneData = "[DONE]";

void fail_with(Error error, chat::Events& out) {
    chat::Failure failure;
    failure.error = std::move(error);
    failure.maybe_charged = true;
    out.fail(std::move(failure));
}

void fail_with(std::string message, chat::Events& out) {
    fail_with(Error{Kind::upstream, std::move(message), 0, {}}, out);
}

// An end that is none: clients must be able to tell it from a failure of the model.
void cut_short(std::string_view how, chat::Events& out) {
    chat::Failure failure;
    failure.error = {Kind::upstream, cat("upstream ended the stream ", how), 0, {}};
    failure.type = "server_error";
    failure.code = "upstream_truncated";
    failure.maybe_charged = true;
    out.fail(std::move(failure));
}

bool is_truthy(std::string_view raw) {
    return raw != "null" && raw != "false" && raw != "0" && raw != "\"\"" && raw != "{}";
}

// Words that nobody knows mean stop (pitfall 25).
Finish finish_of(std::string_view word) {
    if (word == "length") return Finish::length;
    if (word == "content_filter") return Finish::content_filter;
    if (word == "tool_calls" || word == "function_call") return Finish::tool_calls;
    return Finish::stop;
}

// What a choice with or without calls may say: neither `stop` beside calls nor calls that are not
// there.
Finish settled(Finish finish, bool calls) {
    if (finish == Finish::stop && calls) return Finish::tool_calls;
    if (finish == Finish::tool_calls && !calls) return Finish::stop;
    return finish;
}

void tell_logprobs(std::string_view raw, int choice, chat::Events& out) {
    if (!raw.starts_with('{')) return;
    json::Cursor c(raw);
    std::string_view name;
    for (c.enter_object(); c.next_member(name);) {
        const auto tokens = c.value();
        if (!tokens.starts_with('[') || !is_filled(tokens)) continue;
        if (name == "content") out.also(choice, std::string(kLogprobs), std::string(tokens));
        if (name == "refusal") out.also(choice, std::string(kRefusalLogprobs), std::string(tokens));
    }
}

// The members of one choice; `index` may stand behind what it explains.
struct ChoiceMembers {
    std::int64_t index;
    MessageMembers message;
    std::string_view finish_reason, logprobs;
};

ChoiceMembers read_members(json::Cursor& c, int position) {
    ChoiceMembers members{position, {}, {}, {}};
    std::string_view name;
    for (c.enter_object(); c.next_member(name);) {
        if (name == "delta" || name == "message") {
            members.message = read_message(c);
            continue;
        }
        const auto value = c.value();
        if (value == "null") continue;
        if (name == "index") members.index = json::integer_of(value).value_or(-1);
        if (name == "finish_reason") members.finish_reason = value;
        if (name == "logprobs") members.logprobs = value;
    }
    return members;
}

}  // namespace

void AnswerReader::start(chat::Events& out) {
    any_choice_ = true;
    if (out.lifecycle().started()) return;
    out.start(id_, created_);
    if (early_usage_) out.used(*early_usage_);
}

void AnswerReader::note_usage(std::string_view raw, chat::Events& out) {
    const auto usage = read_usage(raw);
    if (!usage) return;
    if (!out.lifecycle().started()) early_usage_ = usage;
    out.used(*usage);
}

bool AnswerReader::read(std::string_view json, chat::Events& out) {
    json::Cursor c(json);
    std::string_view name, early_choices, error;
    Result<void> told;
    for (c.enter_object(); c.next_member(name);) {
        if (name == "choices" && c.peek() == '[' && out.lifecycle().started()) {
            told = read_choices(c, out);
            if (!told) break;
            continue;
        }
        const auto value = c.value();
        if (name == "choices") early_choices = value;
        if (name == "error" && is_truthy(value)) error = value;
        if (name == "usage" && value != "null") note_usage(value, out);
        if (out.lifecycle().started()) continue;
        if (name == "id") id_ = json::string_of(value).value_or(std::string());
        if (name == "created") created_ = json::integer_of(value).value_or(0);
    }
    if (told && !c.finish()) return false;
    if (told && error.empty() && early_choices.starts_with('[')) {
        json::Cursor choices(early_choices);
        told = read_choices(choices, out);
    }
    if (!error.empty()) out.fail(read_error_event(json));
    if (!told) fail_with(std::move(told.error()), out);
    return true;
}

Result<void> AnswerReader::read_choices(json::Cursor& c, chat::Events& out) {
    int position = 0;
    for (c.enter_array(); c.next_element(); ++position) {
        if (c.peek() != '{') {
            c.value();
            continue;
        }
        if (auto told = read_choice(c, position, out); !told) return told;
    }
    return {};
}

Result<void> AnswerReader::read_choice(json::Cursor& c, int position, chat::Events& out) {
    const auto members = read_members(c, position);
    if (c.failed()) return {};  // said once the whole object has been walked
    if (members.index < 0 || members.index >= chat::Lifecycle::kMostChoices)
        return fail(Kind::upstream, "upstream numbered a choice outside of 0 to 127");
    start(out);
    const auto index = static_cast<std::size_t>(members.index);
    const auto choice = static_cast<int>(index);
    if (choices_.size() <= index) choices_.resize(index + 1);
    choices_[index].seen = true;
    auto told = tell_message(members.message, choice, choices_[index].calls, new_id_, out);
    if (!told) return told;
    if (!members.logprobs.empty()) tell_logprobs(members.logprobs, choice, out);
    return members.finish_reason.empty() ? Result<void>()
                                         : note_finish(choice, members.finish_reason);
}

Result<void> AnswerReader::note_finish(int choice, std::string_view raw) {
    const auto word = json::string_of(raw).value_or(std::string());
    if (word.empty()) return {};
    // As routers in front of other providers say it; to call it a stop would be a lie.
    if (word == "error") return fail(Kind::upstream, "upstream ended the answer with an error");
    auto& known = choices_[static_cast<std::size_t>(choice)].finish;
    if (!known) finishing_.push_back(choice);
    known = finish_of(word);
    return {};
}

bool AnswerReader::all_gave_reasons() const {
    return std::ranges::all_of(choices_, [](const Choice& c) { return !c.seen || c.finish; });
}

void AnswerReader::end(chat::Events& out) {
    for (std::size_t i = 0; i < choices_.size(); ++i)
        if (choices_[i].seen && !choices_[i].finish) finishing_.push_back(static_cast<int>(i));
    for (const int number : finishing_)
        if (auto ended = choices_[static_cast<std::size_t>(number)].calls.end(number, out); !ended)
            return fail_with(std::move(ended.error()), out);
    for (const int number : finishing_) {
        const auto& choice = choices_[static_cast<std::size_t>(number)];
        out.finish(number, settled(choice.finish.value_or(Finish::stop), choice.calls.any()));
    }
    finishing_.clear();
    out.end();
}

void ChatStreamReader::feed(std::string_view bytes, chat::Events& out) {
    if (out.lifecycle().over()) return;
    auto fed = sse_.feed(bytes, events_);
    for (const auto& event : events_) read(event, out);
    events_.clear();
    if (!fed) fail_with(std::move(fed.error()), out);
}

void ChatStreamReader::finish(chat::Events& out) {
    sse_.finish(events_);
    for (const auto& event : events_) read(event, out);
    events_.clear();
    if (out.lifecycle().over()) return;
    if (!answer_.any_choice()) return cut_short("without an answer", out);
    if (!answer_.all_gave_reasons()) return cut_short("in the middle of the answer", out);
    answer_.end(out);
}

void ChatStreamReader::read(const SseEvent& event, chat::Events& out) {
    if (out.lifecycle().over()) return;
    if (event.name == "error") return out.fail(read_error_event(event.data));
    const auto data = trim(event.data);
    if (data.empty()) return;
    if (data != kDoneData) {
        if (!answer_.read(data, out)) fail_with("upstream sent a broken stream event", out);
    } else if (answer_.any_choice()) {
        answer_.end(out);
    } else {
        cut_short("without an answer", out);
    }
}

void read_chat_answer(std::string_view body, const chat::NewId& new_id, chat::Events& out) {
    AnswerReader answer(new_id);
    if (!answer.read(body, out))
        return fail_with(cat("upstream answered 200 with ", look_of(body)), out);
    if (out.lifecycle().over()) return;
    if (!answer.any_choice()) return fail_with("upstream answered 200 without an answer", out);
    answer.end(out);
}

}  // namespace ogem::wire::openai
