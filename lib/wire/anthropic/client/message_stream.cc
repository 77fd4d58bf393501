#include "wire/anthropic/client/message_stream.h"

#include "base/text.h"
#include "json/writer.h"
#include "wire/anthropic/client/message_error.h"

namespace ogem::wire::anthropic {

namespace {

// It is told at the end, so it has to be kept until then.
constexpr std::size_t kMostRefusal = 64u << 10;  // bytes

// One event: what `members` writes, behind its type.
template <class Members>
void append_event(std::string& out, std::string_view type, Members members) {
    append(out, "event: ", type, "\ndata: ");
    json::Writer w(out);
    w.begin_object().key("type").value(type);
    members(w);
    w.end_object();
    out += "\n\n";
}

void append_delta(std::string& out, std::size_t block, std::string_view type,
                  std::string_view member, std::string_view text) {
    append_event(out, "content_block_delta", [&](json::Writer& w) {
        w.key("index").value(block).key("delta").begin_object();
        w.key("type").value(type).key(member).value(text).end_object();
    });
}

void append_stop(std::string& out, std::size_t block) {
    append_event(out, "content_block_stop", [&](json::Writer& w) { w.key("index").value(block); });
}

// The inside of `text` as a JSON string.
std::string escaped(std::string_view text) {
    const auto quoted = json::quoted(text);
    return quoted.substr(1, quoted.size() - 2);
}

}  // namespace

void MessageStreamWriter::start(const chat::Started& started, std::string& out) {
    append_event(out, "message_start", [&](json::Writer& w) {
        w.key("message").begin_object().key("id").value(message_id(started.id, style_));
        w.key("type").value("message").key("role").value("assistant");
        w.key("model").value(style_.model).key("content").raw("[]");
        w.key("stop_reason").null().key("stop_sequence").null();
        w.key("usage").raw(R"({"input_tokens":0,"output_tokens":0})").end_object();
    });
    append_event(out, "ping", [](json::Writer&) {});
}

void MessageStreamWriter::text(std::string_view text, std::string& out) {
    if (!text_open_) {
        text_open_ = true;
        text_block_ = blocks_++;
        append_event(out, "content_block_start", [&](json::Writer& w) {
            w.key("index").value(text_block_);
            w.key("content_block").raw(R"({"type":"text","text":""})");
        });
    }
    append_delta(out, text_block_, "text_delta", "text", text);
}

void MessageStreamWriter::close_text(std::string& out) {
    if (text_open_) append_stop(out, text_block_);
    text_open_ = false;
}

void MessageStreamWriter::call_started(const chat::CallStarted& call, std::string& out) {
    close_text(out);
    calls_.push_back({blocks_++, call.custom});
    const auto block = calls_.back().block;
    append_event(out, "content_block_start", [&](json::Writer& w) {
        w.key("index").value(block).key("content_block").begin_object();
        w.key("type").value("tool_use").key("id").value(call.id).key("name").value(call.name);
        w.key("input").raw("{}").end_object();
    });
    if (call.custom) append_delta(out, block, "input_json_delta", "partial_json", R"({"input":")");
}

void MessageStreamWriter::call_arguments(int call, std::string_view text, std::string& out) {
    const auto& known = calls_[static_cast<std::size_t>(call)];
    append_delta(out, known.block, "input_json_delta", "partial_json",
                 known.custom ? escaped(text) : text);
}

void MessageStreamWriter::call_ended(int call, std::string& out) {
    const auto& known = calls_[static_cast<std::size_t>(call)];
    if (known.custom) append_delta(out, known.block, "input_json_delta", "partial_json", "\"}");
    append_stop(out, known.block);
}

void MessageStreamWriter::ended(std::string& out) const {
    const bool refused = finish_ == chat::Finish::content_filter || !refusal_.empty();
    append_event(out, "message_delta", [&](json::Writer& w) {
        w.key("delta").begin_object().key("stop_reason").value(stop_reason_of(finish_, refused));
        w.key("stop_sequence").null();
        write_stop_details(w, refused, refusal_);
        w.end_object().key("usage");
        write_usage(w, usage_);
    });
    append_event(out, "message_stop", [](json::Writer&) {});
}

struct MessageEventWriter {
    MessageStreamWriter& writer;
    std::string& out;

    void operator()(const chat::Started& e) const { writer.start(e, out); }
    void operator()(const chat::Text& e) const {
        if (e.choice == 0) writer.text(e.text, out);
    }
    void operator()(const chat::Reasoning&) const {}
    void operator()(const chat::Refusal& e) const {
        if (e.choice == 0 && writer.refusal_.size() < kMostRefusal) writer.refusal_ += e.text;
    }
    void operator()(const chat::CallStarted& e) const {
        if (e.choice == 0) writer.call_started(e, out);
    }
    void operator()(const chat::CallArguments& e) const {
        if (e.choice == 0) writer.call_arguments(e.call, e.text, out);
    }
    void operator()(const chat::CallEnded& e) const {
        if (e.choice == 0) writer.call_ended(e.call, out);
    }
    void operator()(const chat::Also&) const {}
    void operator()(const chat::Kept&) const {}
    void operator()(const chat::Finished& e) const {
        if (e.choice != 0) return;
        writer.close_text(out);
        writer.finish_ = e.reason;
    }
    void operator()(const chat::Used& e) const { writer.usage_ = e.usage; }
    void operator()(const chat::Failed& e) const {
        append(out, "event: error\ndata: ", error_body(e.failure.error), "\n\n");
    }
    void operator()(const chat::Ended&) const { writer.ended(out); }
};

void MessageStreamWriter::write(const chat::Event& event, std::string& out) {
    std::visit(MessageEventWriter{*this, out}, event);
}

}  // namespace ogem::wire::anthropic
