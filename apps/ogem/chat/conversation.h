// One request and its answer, on the way to the screen.
#pragma once

#include "client/exchange.h"
#include "ogem/chat/answer.h"
#include "ogem/output/footer.h"
#include "ogem/session.h"

#include <string>
#include <string_view>

namespace ogem::cli {

class Conversation {
public:
    // Both outlive the conversation.
    Conversation(const Context& context, const Chat& chat) : context_(context), chat_(chat) {}

    // Sends `body` to the daemon at `socket`, shows the answer as it comes and says how it went.
    // `model` is for the line that is shown meanwhile. Errors: what the status says; unusable, if
    // the answer was cut; those of a wait. What came before a failure has been shown.
    Outcome<> run(const std::string& socket, std::string body, std::string_view model);

private:
    Outcome<> show_stream(client::Exchange& exchange);
    Outcome<> show_event(std::string_view data);
    Outcome<> show_whole(client::Exchange& exchange);
    Outcome<> show_text(std::string_view text);
    Outcome<> end(bool complete);
    bool wants_footer() const;

    const Context& context_;
    const Chat& chat_;
    const TimePoint start_ = Clock::now();
    About about_;
    Answer answer_;
    bool at_line_start_ = true;
};

}  // namespace ogem::cli
