// Chunks of a stream in OpenAI's dialect, and in Azure's.
#include "base/text.h"
#include "openai/parts.h"

namespace ogem::fake::openai {

namespace {

using json::Writer;

class ScoreWriter {
public:
    explicit ScoreWriter(const Reply& reply)
        : reply_(reply),
          chat_(reply.route.endpoint == Endpoint::chat),
          azure_(reply.route.dialect == Dialect::azure) {}

    Score write();

private:
    // A chunk for each choice, with `member` as its delta or its text.
    std::vector<Frame> chunks(std::string_view member, std::string_view finish = {}) const {
        std::vector<Frame> out;
        for (std::size_t i = 0; i < reply_.choices; ++i) out.push_back(chunk(i, member, finish));
        return out;
    }
    Frame chunk(std::size_t choice, std::string_view member, std::string_view finish) const;
    Frame usage() const;
    Frame azure_opening() const;
    void add_text(Score& score, const Block& block, std::string_view name) const;
    void add_tool(Score& score, const Block& block, std::size_t slot) const;
    std::string_view object() const { return chat_ ? "chat.completion.chunk" : "text_completion"; }

    const Reply& reply_;
    bool chat_, azure_;
};

Frame ScoreWriter::chunk(std::size_t choice, std::string_view member,
                         std::string_view finish) const {
    std::string out;
    Writer w(out);
    write_start(w, object(), reply_.model);
    w.key("choices").begin_array().begin_object().key("index").value(choice);
    w.key(chat_ ? "delta" : "text").raw(member);
    w.key("logprobs").null().key("finish_reason");
    finish.empty() ? w.null() : w.value(finish);
    if (azure_) write_filter(w, finish == "content_filter");
    w.end_object().end_array().end_object();
    return {out, "", false};
}

Frame ScoreWriter::usage() const {
    std::string out;
    Writer w(out);
    write_start(w, object(), reply_.model);
    w.key("choices").begin_array().end_array();
    write_usage(w, reply_.usage);
    w.end_object();
    return {out, "", false};
}

// Azure tells its verdict on the prompt before there is a choice, an id or a model.
Frame ScoreWriter::azure_opening() const {
    std::string out;
    Writer w(out);
    w.begin_object().key("choices").begin_array().end_array().key("created").value(0);
    w.key("id").value("").key("model").value("").key("object").value("");
    write_prompt_filter(w);
    w.end_object();
    return {out, "", false};
}

void ScoreWriter::add_text(Score& score, const Block& block, std::string_view name) const {
    for (const auto& piece : block.pieces) {
        const auto text = quoted_text(piece);
        score.beats.push_back(
            {chunks(chat_ ? cat("{\"", name, "\":", text, "}") : text), piece.repeat});
    }
}

void ScoreWriter::add_tool(Score& score, const Block& block, std::size_t slot) const {
    Beat first{{}, 1};
    for (std::size_t i = 0; i < reply_.choices; ++i) {
        const auto head =
            cat(R"({"tool_calls":[{"index":)", slot, R"(,"id":)", json::quoted(call_id(block, i)),
                R"(,"type":"function","function":{"name":)", json::quoted(block.name),
                R"(,"arguments":""}}]})");
        first.frames.push_back(chunk(i, head, {}));
    }
    score.beats.push_back(std::move(first));
    for (const auto& piece : block.pieces)
        score.beats.push_back(
            {chunks(cat(R"({"tool_calls":[{"index":)", slot, R"(,"function":{"arguments":)",
                        quoted_text(piece), "}}]}")),
             piece.repeat});
}

Score ScoreWriter::write() {
    Score score;
    if (azure_) score.opening.push_back(azure_opening());
    if (chat_)
        for (auto& frame : chunks(R"({"role":"assistant","content":""})"))
            score.opening.push_back(std::move(frame));
    const bool refusal = reply_.finish == Finish::refusal && !azure_;
    std::size_t slot = 0;
    for (const auto& block : reply_.blocks) {
        if (block.kind == Block::Kind::tool)
            add_tool(score, block, slot++);
        else if (block.kind != Block::Kind::redacted)
            add_text(score, block,
                     block.kind == Block::Kind::thinking ? "reasoning_content"
                     : refusal                           ? "refusal"
                                                         : "content");
    }
    score.finish = chunks(chat_ ? "{}" : "\"\"", finish_word(reply_));
    if (reply_.usage.told) score.finish.push_back(usage());
    score.terminal.push_back({"[DONE]", "", false});
    return score;
}

}  // namespace

Score score(const Reply& reply) {
    return ScoreWriter(reply).write();
}

}  // namespace ogem::fake::openai
