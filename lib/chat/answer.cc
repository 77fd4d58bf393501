#include "chat/answer.h"

#include "base/text.h"

#include <algorithm>

namespace ogem::chat {

namespace {

AnswerChoice& choice_of(Answer& answer, int choice) {
    const auto index = static_cast<std::size_t>(choice);
    if (answer.choices.size() <= index) answer.choices.resize(index + 1);
    answer.choices[index].seen = true;
    return answer.choices[index];
}

void add_extra(AnswerChoice& choice, const Also& event) {
    const auto known = std::ranges::find(choice.also, event.name, &Extra::name);
    if (known == choice.also.end()) {
        choice.also.push_back({event.name, event.value});
    } else if (known->value.starts_with('[') && event.value.starts_with('[')) {
        join_arrays(known->value, event.value);
    } else {
        known->value = event.value;
    }
}

struct Folder {
    Answer& answer;

    void operator()(const Started& e) const {
        answer.id = e.id;
        answer.created = e.created;
    }
    void operator()(const Text& e) const { choice_of(answer, e.choice).text += e.text; }
    void operator()(const Reasoning& e) const { choice_of(answer, e.choice).reasoning += e.text; }
    void operator()(const Refusal& e) const { choice_of(answer, e.choice).refusal += e.text; }
    void operator()(const CallStarted& e) const {
        choice_of(answer, e.choice).calls.push_back({e.id, e.name, "", e.custom, ""});
    }
    void operator()(const CallArguments& e) const {
        choice_of(answer, e.choice).calls[static_cast<std::size_t>(e.call)].arguments += e.text;
    }
    void operator()(const Also& e) const { add_extra(choice_of(answer, e.choice), e); }
    void operator()(const Finished& e) const { choice_of(answer, e.choice).finish = e.reason; }
    void operator()(const Used& e) const { answer.usage = e.usage; }
    void operator()(const CallEnded&) const {}
    void operator()(const Kept&) const {}
    void operator()(const Failed&) const {}
    void operator()(const Ended&) const {}
};

}  // namespace

void join_arrays(Json& array, const Json& more) {
    const auto inside = [](std::string_view json) { return trim(json.substr(1, json.size() - 2)); };
    const auto before = inside(array), after = inside(more);
    const bool both = !before.empty() && !after.empty();
    array = cat('[', before, both ? "," : "", after, ']');
}

void Answer::add(const Event& event) {
    std::visit(Folder{*this}, event);
}

Answer fold(const std::vector<Event>& events) {
    Answer answer;
    for (const auto& event : events) answer.add(event);
    return answer;
}

}  // namespace ogem::chat
