// Answers of generateContent and the chunks of streamGenerateContent. Calls come whole, each in a
// chunk of its own or all in the last; the reason of the end comes in the last chunk.
#include "base/text.h"
#include "gemini/gemini.h"
#include "gemini/parts.h"

namespace ogem::fake::gemini {

namespace {

using json::Writer;

bool hidden(const Reply& reply, const Block& block) {
    const bool thoughts = block.kind == Block::Kind::thinking;
    return block.kind == Block::Kind::redacted || (thoughts && reply.hide_thoughts);
}

class ScoreWriter {
public:
    explicit ScoreWriter(const Reply& reply) : reply_(reply), id_(fresh_id("")) {}
    Score write();
    std::string whole();

private:
    Frame chunk(std::string_view parts, bool last) const;
    void write_candidates(Writer& w, std::string_view parts, bool last) const;
    Frame blocked() const;
    void add(const Block& block);
    bool take_first() { return std::exchange(first_call_, false); }

    const Reply& reply_;
    std::string id_;
    bool first_call_ = true;
    std::string last_parts_;  // of the last chunk
    Score score_;
};

void ScoreWriter::write_candidates(Writer& w, std::string_view parts, bool last) const {
    w.key("candidates").begin_array();
    for (std::size_t i = 0; i < reply_.choices; ++i) {
        w.begin_object();
        if (!parts.empty())
            w.key("content")
                .begin_object()
                .key("parts")
                .raw(cat("[", parts, "]"))
                .key("role")
                .value("model")
                .end_object();
        if (last) w.key("finishReason").value(finish_reason(reply_.finish));
        if (last && reply_.finish == Finish::malformed_call)
            w.key("finishMessage").value("Malformed function call: fake(");
        if (last && reply_.finish == Finish::continuation)
            w.key("continuationToken").value("fakecontinuation");
        if (last && reply_.finish == Finish::refusal) write_safety(w, true);
        w.key("index").value(i).end_object();
    }
    w.end_array();
}

Frame ScoreWriter::chunk(std::string_view parts, bool last) const {
    std::string out;
    Writer w(out);
    w.begin_object();
    write_candidates(w, parts, last);
    write_usage(w, reply_, last);
    write_rest(w, reply_, id_);
    w.end_object();
    return {out};
}

Frame ScoreWriter::blocked() const {
    std::string out;
    Writer w(out);
    w.begin_object();
    write_blocked(w);
    write_usage(w, reply_, false);
    write_rest(w, reply_, id_);
    w.end_object();
    return {out};
}

void ScoreWriter::add(const Block& block) {
    if (hidden(reply_, block)) return;
    if (block.kind == Block::Kind::tool && reply_.together) {
        append(last_parts_, last_parts_.empty() ? "" : ",", call_part(reply_, block, take_first()));
        return;
    }
    if (block.kind == Block::Kind::tool) {
        score_.beats.push_back({{chunk(call_part(reply_, block, take_first()), false)}, 1});
        return;
    }
    const bool thought = block.kind == Block::Kind::thinking;
    for (const auto& piece : block.pieces)
        score_.beats.push_back(
            {{chunk(text_part(quoted_text(piece), thought), false)}, piece.repeat});
}

Score ScoreWriter::write() {
    for (const auto& block : reply_.blocks) add(block);
    if (reply_.finish == Finish::blocked) {
        score_.finish.push_back(blocked());
        return std::move(score_);
    }
    const bool bare = reply_.finish == Finish::refusal || reply_.finish == Finish::malformed_call;
    if (last_parts_.empty() && !bare) last_parts_ = R"({"text":""})";
    score_.finish.push_back(chunk(last_parts_, true));
    return std::move(score_);
}

std::string ScoreWriter::whole() {
    if (reply_.finish == Finish::blocked) return blocked().data;
    std::string parts;
    for (const auto& block : reply_.blocks) {
        if (hidden(reply_, block)) continue;
        if (!parts.empty()) parts += ',';
        parts += block.kind == Block::Kind::tool
                     ? call_part(reply_, block, take_first())
                     : text_part(quoted_text(block), block.kind == Block::Kind::thinking);
    }
    return chunk(parts, true).data;
}

}  // namespace

Score score(const Reply& reply) {
    return ScoreWriter(reply).write();
}

std::string whole(const Reply& reply) {
    return ScoreWriter(reply).whole();
}

}  // namespace ogem::fake::gemini
