#include "chat/lifecycle.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace ogem::chat {

namespace {

template <class... Handlers>
struct Match : Handlers... {
    using Handlers::operator()...;
};
template <class... Handlers>
Match(Handlers...) -> Match<Handlers...>;

bool is_choice(int choice) {
    return choice >= 0 && choice < Lifecycle::kMostChoices;
}

}  // namespace

bool Lifecycle::seen(int choice) const {
    const auto index = static_cast<std::size_t>(choice);
    return is_choice(choice) && index < choices_.size() && choices_[index].seen;
}

bool Lifecycle::finished(int choice) const {
    return seen(choice) && choices_[static_cast<std::size_t>(choice)].finished;
}

bool Lifecycle::all_finished() const {
    const bool any = std::ranges::any_of(choices_, &Choice::seen);
    return any && std::ranges::all_of(choices_, [](const Choice& choice) {
               return !choice.seen || choice.finished;
           });
}

int Lifecycle::calls(int choice) const {
    if (!seen(choice)) return 0;
    return static_cast<int>(choices_[static_cast<std::size_t>(choice)].open.size());
}

bool Lifecycle::is_open(int choice, int call) const {
    if (call < 0 || call >= calls(choice)) return false;
    return choices_[static_cast<std::size_t>(choice)].open[static_cast<std::size_t>(call)];
}

bool Lifecycle::may_speak(int choice) const {
    return started_ && !over_ && is_choice(choice) && !finished(choice);
}

Lifecycle::Choice& Lifecycle::at(int choice) {
    const auto index = static_cast<std::size_t>(choice);
    if (choices_.size() <= index) choices_.resize(index + 1);
    choices_[index].seen = true;
    return choices_[index];
}

bool Lifecycle::accept_call(const CallStarted& call) {
    if (!may_speak(call.choice) || call.id.empty() || call.name.empty()) return false;
    if (call.call != calls(call.choice) || call.call >= kMostCalls) return false;
    at(call.choice).open.push_back(true);
    return true;
}

bool Lifecycle::accept(const Event& event) {
    const auto speak = [this](int choice, bool says_something) {
        if (!says_something || !may_speak(choice)) return false;
        at(choice);
        return true;
    };
    return std::visit(
        Match{
            [&](const Started&) { return !started_ && !over_ && (started_ = true); },
            [&](const Text& e) { return speak(e.choice, !e.text.empty()); },
            [&](const Reasoning& e) { return speak(e.choice, !e.text.empty()); },
            [&](const Refusal& e) { return speak(e.choice, !e.text.empty()); },
            [&](const CallStarted& e) { return accept_call(e); },
            [&](const CallArguments& e) {
                return may_speak(e.choice) && is_open(e.choice, e.call) && !e.text.empty();
            },
            [&](const CallEnded& e) {
                if (!may_speak(e.choice) || !is_open(e.choice, e.call)) return false;
                at(e.choice).open[static_cast<std::size_t>(e.call)] = false;
                return true;
            },
            [&](const Also& e) { return speak(e.choice, !e.name.empty() && !e.value.empty()); },
            [&](const Kept& e) {
                return e.call >= -1 && e.call < std::max(calls(e.choice), 0) &&
                       speak(e.choice, !e.value.empty());
            },
            [&](const Finished& e) {
                if (!may_speak(e.choice)) return false;
                auto& choice = at(e.choice);
                if (std::ranges::count(choice.open, true) > 0) return false;
                return choice.finished = true;
            },
            [&](const Used&) { return started_ && !over_; },
            [&](const Failed&) { return !over_ && (over_ = true); },
            [&](const Ended&) { return started_ && !over_ && all_finished() && (over_ = true); },
        },
        event);
}

std::vector<Event> Events::take() {
    return std::exchange(events_, {});
}

void Events::add(Event event) {
    if (lifecycle_.accept(event)) events_.push_back(std::move(event));
}

void Events::start(std::string id, std::int64_t created) {
    add(Started{std::move(id), created});
}

void Events::text(int choice, std::string_view piece) {
    if (!piece.empty()) add(Text{choice, std::string(piece)});
}

void Events::reasoning(int choice, std::string_view piece) {
    if (!piece.empty()) add(Reasoning{choice, std::string(piece)});
}

void Events::refusal(int choice, std::string_view piece) {
    if (!piece.empty()) add(Refusal{choice, std::string(piece)});
}

int Events::start_call(int choice, std::string id, std::string name, bool custom) {
    const int call = lifecycle_.calls(choice);
    add(CallStarted{choice, call, std::move(id), std::move(name), custom});
    return lifecycle_.calls(choice) > call ? call : -1;
}

void Events::call_arguments(int choice, int call, std::string_view piece) {
    if (!piece.empty()) add(CallArguments{choice, call, std::string(piece)});
}

void Events::end_call(int choice, int call) {
    add(CallEnded{choice, call});
}

void Events::also(int choice, std::string name, Json value) {
    add(Also{choice, std::move(name), std::move(value)});
}

void Events::keep(int choice, int call, Kept::Kind kind, std::string value) {
    add(Kept{choice, call, kind, std::move(value)});
}

void Events::finish(int choice, Finish reason) {
    for (int call = 0; call < lifecycle_.calls(choice); ++call)
        if (lifecycle_.is_open(choice, call)) end_call(choice, call);
    add(Finished{choice, reason});
}

void Events::used(const Usage& usage) {
    add(Used{usage});
}

void Events::fail(Failure failure) {
    add(Failed{std::move(failure)});
}

void Events::end() {
    if (lifecycle_.over() || lifecycle_.all_finished()) return add(Ended{});
    Failure cut;
    cut.error = {Kind::upstream, "the answer was cut off before it was complete", 0, {}};
    cut.maybe_charged = true;
    fail(std::move(cut));
}

}  // namespace ogem::chat
