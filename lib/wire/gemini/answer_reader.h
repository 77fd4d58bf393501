// GenerateContentResponse, one for a whole answer or many for a stream, as events (spec wire/gemini
// sections 4 and 5, wire/translate section 4).
//
// Invariants:
//  1. Nothing is finished before end(): a call may follow the candidate's finishReason.
//  2. A choice is the candidate's index, else its place in the list.
#pragma once

#include "chat/ids.h"
#include "chat/lifecycle.h"
#include "chat/request.h"
#include "json/cursor.h"

#include <string>
#include <string_view>
#include <vector>

namespace ogem::wire::gemini {

// Not thread-safe; one per answer.
class AnswerReader {
public:
    enum class Form : std::uint8_t { whole, stream };

    AnswerReader(Form form, chat::AnswerState state, chat::NewId new_id)
        : form_(form), state_(std::move(state)), new_id_(std::move(new_id)) {}

    // One response object. `out` fails for what is none, and for one that says `error`.
    void read(std::string_view json, chat::Events& out);

    // Nothing follows: finishes the choices and ends `out`, or fails it: cut off, without any
    // candidate, or with a call that the model garbled and nothing else.
    void end(chat::Events& out);

private:
    struct Choice {
        bool seen = false;
        bool said = false;   // text or calls
        std::string reason;  // finishReason, empty: none yet
    };

    // Raw values of one part; views into the response.
    struct Part {
        std::string_view text, call, signature, data;
        bool thought = false;
    };

    void read_candidates(std::string_view candidates, chat::Events& out);
    void read_candidate(json::Cursor& c, int position, chat::Events& out);
    void note_parts(json::Cursor& c);
    void note_part(json::Cursor& c);
    void tell(const Part& part, int choice, chat::Events& out);
    void read_call(std::string_view raw, std::string_view signature, int choice, chat::Events& out);
    void read_feedback(std::string_view raw);
    void finish_choices(chat::Events& out);
    bool any_seen() const;
    const std::string* garbled() const;

    Form form_;
    chat::AnswerState state_;
    chat::NewId new_id_;
    std::vector<Choice> choices_;
    std::vector<Part> parts_;  // of the candidate being read, until its index is known
    std::string blocked_;      // why the prompt was refused, empty: it was not
};

// A whole answer of :generateContent with status 200 into `out`, which ends or fails.
void read_answer(std::string_view body, chat::AnswerState state, chat::NewId new_id,
                 chat::Events& out);

}  // namespace ogem::wire::gemini
