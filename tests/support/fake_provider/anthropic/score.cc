// The events of a Messages stream. A block's start goes with its first piece, so that scripts count
// what is said and not how it is wrapped; a signature and a block's end go before what follows.
#include "anthropic/anthropic.h"
#include "base/text.h"
#include "json/writer.h"

namespace ogem::fake::anthropic {

namespace {

Frame event(std::string_view type, std::string_view members) {
    return {cat(R"({"type":")", type, R"(")", members.empty() ? "" : ",", members, "}"),
            std::string(type)};
}

class ScoreWriter {
public:
    explicit ScoreWriter(const Reply& reply) : reply_(reply) {}
    Score write();

private:
    Frame message_start() const;
    Frame message_delta() const;
    void add(const Block& block, std::size_t index);
    Frame start_of(const Block& block, std::size_t index) const;
    std::string delta_of(const Block& block, const Piece& piece) const;

    const Reply& reply_;
    Score score_;
    std::vector<Frame> pending_;  // to come before the next piece
};

Frame ScoreWriter::message_start() const {
    json::Value message = {{"id", fresh_id("msg_")},
                           {"type", "message"},
                           {"role", "assistant"},
                           {"model", reply_.model},
                           {"content", json::Value::array()},
                           {"stop_reason", nullptr},
                           {"stop_sequence", nullptr}};
    if (reply_.usage.told) {
        write_usage(message["usage"], reply_.usage);
        message["usage"]["output_tokens"] = 1;
        message["usage"].erase("output_tokens_details");
    }
    return event("message_start", cat(R"("message":)", message.dump()));
}

Frame ScoreWriter::message_delta() const {
    json::Value delta = {{"stop_reason", stop_reason(reply_)}, {"stop_sequence", nullptr}};
    if (!reply_.stop_sequence.empty()) delta["stop_sequence"] = reply_.stop_sequence;
    if (reply_.finish == Finish::refusal || reply_.finish == Finish::blocked)
        delta["stop_details"] = {{"type", "refusal"},
                                 {"category", nullptr},
                                 {"explanation", "The fake will not say that."}};
    auto members = cat(R"("delta":)", delta.dump());
    if (reply_.usage.told) {
        json::Value usage = {{"output_tokens", reply_.usage.output + reply_.usage.thinking},
                             {"input_tokens", nullptr}};
        if (reply_.usage.thinking > 0)
            usage["output_tokens_details"] = {{"thinking_tokens", reply_.usage.thinking}};
        append(members, R"(,"usage":)", usage.dump());
    }
    return event("message_delta", members);
}

Frame ScoreWriter::start_of(const Block& block, std::size_t index) const {
    json::Value content;
    switch (block.kind) {
        case Block::Kind::text:
            content = {{"type", "text"}, {"text", ""}};
            break;
        case Block::Kind::thinking:
            content = {{"type", "thinking"}, {"thinking", ""}, {"signature", ""}};
            break;
        case Block::Kind::redacted:
            content = {{"type", "redacted_thinking"},
                       {"data", signature_of(reply_.model, "redacted")}};
            break;
        case Block::Kind::tool:
            content = {{"type", "tool_use"},
                       {"id", cat("toolu_", block.id)},
                       {"name", block.name},
                       {"input", json::Value::object()}};
    }
    return event("content_block_start",
                 cat(R"("index":)", index, R"(,"content_block":)", content.dump()));
}

std::string ScoreWriter::delta_of(const Block& block, const Piece& piece) const {
    const auto text = quoted_text(piece);
    if (block.kind == Block::Kind::text) return cat(R"({"type":"text_delta","text":)", text, "}");
    if (block.kind == Block::Kind::thinking)
        return cat(R"({"type":"thinking_delta","thinking":)", text, "}");
    return cat(R"({"type":"input_json_delta","partial_json":)", text, "}");
}

void ScoreWriter::add(const Block& block, std::size_t index) {
    const auto delta = [&](std::string_view json) {
        return event("content_block_delta", cat(R"("index":)", index, R"(,"delta":)", json));
    };
    pending_.push_back(start_of(block, index));
    // The first fragment of a call's input is empty, as in the real stream.
    if (block.kind == Block::Kind::tool && !block.pieces.empty())
        pending_.push_back(delta(delta_of(block, {})));
    const bool hidden = block.kind == Block::Kind::thinking && reply_.hide_thoughts;
    for (const auto& piece : block.pieces) {
        if (hidden) break;
        Beat beat{std::move(pending_), 1};
        pending_.clear();
        beat.frames.push_back(delta(delta_of(block, piece)));
        score_.beats.push_back(beat);
        if (piece.repeat > 1) score_.beats.push_back({{beat.frames.back()}, piece.repeat - 1});
    }
    if (block.kind == Block::Kind::thinking)
        pending_.push_back(
            delta(cat(R"({"type":"signature_delta","signature":")",
                      signature_of(reply_.model, hidden ? "" : text_of(block)), "\"}")));
    pending_.push_back(event("content_block_stop", cat(R"("index":)", index)));
}

Score ScoreWriter::write() {
    if (reply_.route.dialect == Dialect::vclaude)
        score_.opening.push_back({R"({"type":"vertex_event"})", "vertex_event"});
    score_.opening.push_back(message_start());
    score_.opening.push_back(event("ping", ""));
    for (std::size_t i = 0; i < reply_.blocks.size(); ++i) add(reply_.blocks[i], i);
    score_.finish = std::move(pending_);
    score_.finish.push_back(message_delta());
    score_.terminal.push_back(event("message_stop", ""));
    return std::move(score_);
}

}  // namespace

Score score(const Reply& reply) {
    return ScoreWriter(reply).write();
}

}  // namespace ogem::fake::anthropic
