// What a chat answer says, taken from OpenAI's JSON, whole or event by event. No I/O.
#pragma once

#include "json/value.h"
#include "ogem/exit.h"
#include "ogem/output/footer.h"

#include <string>
#include <string_view>

namespace ogem::cli {

class Answer {
public:
    // One event of a stream. Returns the text it adds. Errors: unusable, for an error inside the
    // stream or an event that is not JSON.
    Outcome<std::string> take_event(std::string_view data);

    // A whole answer. Returns its text. Errors: unusable, if it is not one.
    Outcome<std::string> take_whole(const json::Value& completion);

    // The stream is over, in good order as far as HTTP can tell. Errors: unusable, if the answer
    // was not (promise 1); with `strict` also if it was filtered or hit the token limit.
    Outcome<> finish(bool strict) const;

    bool has_text() const { return has_text_; }
    const std::string& finish_reason() const { return finish_reason_; }
    const json::Value& usage() const { return usage_; }

private:
    std::string take_choice(const json::Value& choice, std::string_view part);

    bool done_ = false, has_text_ = false;
    std::string finish_reason_;
    json::Value usage_;
};

}  // namespace ogem::cli
