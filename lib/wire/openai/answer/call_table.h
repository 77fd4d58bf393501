// Which tool call a fragment of a stream belongs to. Compatible servers leave out ids, indices and
// types, or repeat them (spec: wire/translate section 5): a call is known by its id, else its
// index, else it is the newest one.
#pragma once

#include "chat/ids.h"
#include "chat/lifecycle.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ogem::wire::openai {

struct CallFragment {
    std::string id, name;
    std::string arguments;
    std::int64_t index = -1;  // -1: it said none
    bool custom = false;
};

// The calls of one choice. Not thread-safe; one per choice of an answer.
class CallTable {
public:
    // Tells `out` what the fragment adds. A call starts once its name is known; what comes before
    // waits. An id that never comes is made by `new_id`. Errors: upstream, for too many calls.
    Result<void> add(CallFragment fragment, int choice, const chat::NewId& new_id,
                     chat::Events& out);

    // The answer is over: calls without arguments get "{}". Errors: upstream, for a call that never
    // got its name.
    Result<void> end(int choice, chat::Events& out);

    bool any() const { return !calls_.empty(); }

private:
    struct Call {
        std::string id, name;
        std::int64_t index;
        int number = -1;  // of the event; -1: not started yet
        bool custom = false, has_arguments = false;
        std::string waiting;  // arguments that came before the name
    };

    Call& call_of(const CallFragment& fragment);
    Call* by_id(std::string_view id);
    Call* by_index(std::int64_t index);
    Call& add_call(const CallFragment& fragment);
    Result<void> start(Call& call, int choice, const chat::NewId& new_id, chat::Events& out);

    std::vector<Call> calls_;
};

}  // namespace ogem::wire::openai
