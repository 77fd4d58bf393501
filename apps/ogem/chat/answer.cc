#include "ogem/chat/answer.h"

#include "ogem/output/members.h"

namespace ogem::cli {

namespace {

// The first choice is what is shown; with n > 1 the others are for --json.
const json::Value* first_choice(const json::Value& answer) {
    const auto& choices = member(answer, "choices");
    if (!choices.is_array()) return nullptr;
    for (const auto& choice : choices) {
        if (count_in(choice, "index") == 0) return &choice;
    }
    return nullptr;
}

}  // namespace

std::string Answer::take_choice(const json::Value& choice, std::string_view part) {
    std::string text;
    const auto& message = member(choice, part);
    text += text_in(message, "content");
    text += text_in(message, "refusal");
    if (auto reason = text_in(choice, "finish_reason"); !reason.empty()) {
        finish_reason_ = std::move(reason);
    }
    has_text_ = has_text_ || !text.empty();
    return text;
}

Outcome<std::string> Answer::take_event(std::string_view data) {
    if (data == "[DONE]") {
        done_ = true;
        return std::string();
    }
    const auto event = json::parse(data);
    if (!event)
        return failed(Exit::unusable, "the answer holds an event that is " + event.error().message);
    if (const auto& error = member(*event, "error"); !error.is_null()) {
        return std::unexpected(failure_of_stream(error.dump()));
    }
    if (const auto& usage = member(*event, "usage"); !usage.is_null()) usage_ = usage;
    const auto* choice = first_choice(*event);
    return choice == nullptr ? std::string() : take_choice(*choice, "delta");
}

Outcome<std::string> Answer::take_whole(const json::Value& completion) {
    const auto* choice = first_choice(completion);
    if (choice == nullptr) return failed(Exit::unusable, "the answer has no choices");
    done_ = true;
    usage_ = member(completion, "usage");
    return take_choice(*choice, "message");
}

Outcome<> Answer::finish(bool strict) const {
    if (!done_) return failed(Exit::unusable, "the answer was cut off before its end");
    if (!strict) return {};
    if (finish_reason_ == "length") {
        return failed(Exit::unusable,
                      "the answer stopped at the token limit (-o max_tokens=N raises it)");
    }
    if (finish_reason_ == "content_filter")
        return failed(Exit::unusable, "the answer was filtered");
    return {};
}

}  // namespace ogem::cli
