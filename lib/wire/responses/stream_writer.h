// One streamed answer of /v1/responses (spec: wire/openai section 8): every event is
// `event: TYPE`, `data: {"type":TYPE,...,"sequence_number":N}` and a blank line. Items open when
// their first word comes and are closed before another kind opens; what was open when the limit
// came is incomplete. There is no [DONE]: the end is response.completed, response.incomplete or
// response.failed, and nothing else is one (promise 1).
#pragma once

#include "json/writer.h"
#include "wire/dialect.h"
#include "wire/responses/response.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ogem::wire::responses {

// Not thread-safe; one per stream. Holds the whole answer, which its last event repeats.
class ResponseStreamWriter final : public StreamWriter {
public:
    explicit ResponseStreamWriter(Style style) : style_(std::move(style)) {}

    // Choices but the first are left out: the API knows no n.
    void write(const chat::Event& event, std::string& out) override;

private:
    friend struct EventTeller;
    enum class Part : std::uint8_t { none, text, refusal, summary };

    void start(const chat::Started& started, std::string& out);
    void speak(Item::Kind kind, Part part, std::string_view text, std::string& out);
    void call_started(const chat::CallStarted& call, std::string& out);
    void call_arguments(const chat::CallArguments& piece, std::string& out);
    void call_ended(const chat::CallEnded& call) { calls_[index_of(call.call)].ended = true; }
    void also(const chat::Also& extra, std::string& out);
    void finished(chat::Finish finish, std::string& out);
    void failed(const chat::Failure& failure, std::string& out);
    void ended(std::string& out);

    std::size_t open_item(Item item, std::string& out);
    void open_part(Part part, std::string& out);
    void close_part(std::string& out);
    void close_speech(std::string& out);
    void close_ended_calls(std::string& out);
    void close_call(const Item& item, std::size_t index, std::string& out);
    void close_item(std::size_t index, Status status, std::string& out);

    void write_place(json::Writer& w) const;
    void write_part(json::Writer& w, const Item& item) const;
    std::string_view word_of_part() const;
    void tell_response(std::string_view type, std::string& out);
    static std::size_t index_of(int call) { return static_cast<std::size_t>(call); }

    struct Call {
        std::size_t item;
        bool ended = false;  // told once the next item opens, or the finish says how it ended
    };

    Style style_;
    Response response_;
    std::optional<std::size_t> speech_;  // the open message or reasoning
    Part part_ = Part::none;             // open inside of it
    int parts_ = 0;                      // of it so far
    int annotations_ = 0;                // likewise
    std::vector<Call> calls_;
    std::int64_t sequence_ = 0;
    chat::Finish finish_ = chat::Finish::stop;
    std::optional<chat::Usage> usage_;
};

}  // namespace ogem::wire::responses
