// What OpenAI-compatible providers answer, as events: streams and whole answers alike. For clients
// of another dialect; within one dialect bytes pass (wire/openai/stream.h).
//
// Folded away (spec: wire/translate section 5): a missing role, chunks without choices, ids that
// come late or never, fragments of calls that repeat or lack id, index or type, `reasoning` for
// `reasoning_content`, usage in any chunk, the finish `stop` although calls were made, an end
// without [DONE], and all members that nobody else has.
#pragma once

#include "chat/ids.h"
#include "json/cursor.h"
#include "wire/dialect.h"
#include "wire/openai/answer/call_table.h"
#include "wire/sse.h"

#include <optional>
#include <string_view>
#include <vector>

namespace ogem::wire::openai {

// The events that the JSON objects of one answer make. Not thread-safe; one per answer.
class AnswerReader {
public:
    explicit AnswerReader(chat::NewId new_id) : new_id_(std::move(new_id)) {}

    // A chunk of a stream or a whole answer. False if it is no JSON object, which the caller says
    // in its own words; every other failure (an `error`, more choices or calls than there may be)
    // is Events::fail.
    bool read(std::string_view json, chat::Events& out);

    // A genuine end ([DONE], or the end of a whole answer): every choice finishes, in the order in
    // which they said so; who gave no reason, stopped. Not before, as a call may follow the finish
    // of its choice (pitfall 78).
    void end(chat::Events& out);

    bool any_choice() const { return any_choice_; }
    bool all_gave_reasons() const;

private:
    struct Choice {
        bool seen = false;
        std::optional<chat::Finish> finish;
        CallTable calls;
    };

    Result<void> read_choices(json::Cursor& c, chat::Events& out);
    Result<void> read_choice(json::Cursor& c, int position, chat::Events& out);
    Result<void> note_finish(int choice, std::string_view raw);
    void note_usage(std::string_view raw, chat::Events& out);
    void start(chat::Events& out);

    chat::NewId new_id_;
    std::string id_;
    std::int64_t created_ = 0;
    std::vector<Choice> choices_;
    std::vector<int> finishing_;  // choices in the order of their finish
    std::optional<chat::Usage> early_usage_;
    bool any_choice_ = false;
};

// Not thread-safe; one per stream.
class ChatStreamReader final : public StreamReader {
public:
    explicit ChatStreamReader(chat::NewId new_id) : answer_(std::move(new_id)) {}

    void feed(std::string_view bytes, chat::Events& out) override;
    void finish(chat::Events& out) override;

private:
    void read(const SseEvent& event, chat::Events& out);

    SseReader sse_;
    std::vector<SseEvent> events_;  // only within a call
    AnswerReader answer_;
};

// The whole answer `body` of a 200, from its start to its end or failure.
void read_chat_answer(std::string_view body, const chat::NewId& new_id, chat::Events& out);

}  // namespace ogem::wire::openai
