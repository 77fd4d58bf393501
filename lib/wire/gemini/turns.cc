#include "wire/gemini/turns.h"

#include <algorithm>

namespace ogem::wire::gemini {

namespace {

using chat::Role;

bool says_nothing(const chat::Message& message) {
    return message.calls.empty() &&
           std::ranges::all_of(message.content, [](const chat::Part& part) {
               const bool text =
                   part.kind == chat::Part::Kind::text || part.kind == chat::Part::Kind::refusal;
               return text && part.text.empty();
           });
}

class Sorter {
public:
    void take(Spoken spoken) {
        switch (spoken.message->role) {
            case Role::system:
                out_.system.push_back(spoken);
                return;
            case Role::user:
                turn(Turn::Kind::user).messages.push_back(spoken);
                return;
            case Role::assistant:
                if (!says_nothing(*spoken.message)) take_model(spoken);
                return;
            case Role::tool:
                take_result(spoken);
                return;
        }
    }

    Conversation done() { return std::move(out_); }

private:
    // Where a call is: its turn, and its number there.
    struct Place {
        std::size_t turn, call;
    };

    Turn& turn(Turn::Kind kind) {
        if (answered_ || out_.turns.empty() || out_.turns.back().kind != kind)
            out_.turns.push_back({kind, {}, {}, {}});
        answered_ = false;
        return out_.turns.back();
    }

    void take_model(Spoken spoken) {
        auto& model = turn(Turn::Kind::model);
        model.messages.push_back(spoken);
        for (const auto& call : spoken.message->calls) {
            places_[call.id] = {out_.turns.size() - 1, model.calls.size()};
            model.calls.push_back({&call});
        }
    }

    void take_result(Spoken spoken) {
        if (const auto place = places_.find(spoken.message->call_id); place != places_.end()) {
            out_.turns[place->second.turn].calls[place->second.call].result = spoken;
            answered_ = answered_ || place->second.turn + 1 == out_.turns.size();
            return;
        }
        const bool after_calls = !out_.turns.empty() && !out_.turns.back().calls.empty();
        if (!after_calls) return turn(Turn::Kind::results).messages.push_back(spoken);
        out_.turns.back().orphans.push_back(spoken);
        answered_ = true;
    }

    Conversation out_;
    std::map<std::string_view, Place> places_;  // by id; a later call of the same id is meant
    bool answered_ = false;                     // the last turn has results: it is over
};

}  // namespace

Conversation conversation_of(const chat::Request& request) {
    Sorter sorter;
    for (std::size_t i = 0; i < request.messages.size(); ++i)
        sorter.take({&request.messages[i], i});
    return sorter.done();
}

}  // namespace ogem::wire::gemini
