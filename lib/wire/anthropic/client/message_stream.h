// One streamed answer in Anthropic's dialect (translate.md section 6; anthropic.md section 7):
// `event: NAME` and `data: {...}`. Blocks are numbered by position, as the SDKs demand; a text
// block is closed before a call opens. A failure is an `error` event that leaves everything open.
#pragma once

#include "wire/anthropic/client/message_style.h"
#include "wire/dialect.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace ogem::wire::anthropic {

// Not thread-safe; one per stream. Only choice 0 is told.
class MessageStreamWriter final : public StreamWriter {
public:
    explicit MessageStreamWriter(MessageStyle style) : style_(std::move(style)) {}

    void write(const chat::Event& event, std::string& out) override;

private:
    friend struct MessageEventWriter;
    struct Call {
        std::size_t block = 0;
        bool custom = false;  // its free text streams as {"input":"..."}
    };

    void start(const chat::Started& started, std::string& out);
    void text(std::string_view text, std::string& out);
    void close_text(std::string& out);
    void call_started(const chat::CallStarted& call, std::string& out);
    void call_arguments(int call, std::string_view text, std::string& out);
    void call_ended(int call, std::string& out);
    void ended(std::string& out) const;

    MessageStyle style_;
    std::size_t blocks_ = 0;
    bool text_open_ = false;
    std::size_t text_block_ = 0;
    std::vector<Call> calls_;
    chat::Finish finish_ = chat::Finish::stop;
    std::string refusal_;
    chat::Usage usage_;
};

}  // namespace ogem::wire::anthropic
