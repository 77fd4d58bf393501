#include "wire/anthropic/teller.h"

#include "base/text.h"
#include "json/compact.h"
#include "json/cursor.h"
#include "json/scan.h"

#include <algorithm>
#include <utility>

namespace ogem::wire::anthropic {

namespace {

using chat::Events;
using chat::Finish;
using json::Cursor;

// Calls `visit(name, raw)` for each member of the object `raw`; of anything else, never.
template <class Visit>
void each_member(std::string_view raw, Visit visit) {
    Cursor c(raw);
    std::string_view name;
    if (c.peek() != '{') return;
    for (c.enter_object(); c.next_member(name);) {
        const auto value = c.value();
        if (!c.failed()) visit(name, value);
    }
}

// The raw inside of a string; empty for everything else.
std::string_view inside(std::string_view raw) {
    return raw.size() >= 2 && raw.front() == '"' ? raw.substr(1, raw.size() - 2)
                                                 : std::string_view();
}

// What a string says, in `buffer` only where it has escapes.
std::string_view said(std::string_view raw, std::string& buffer) {
    const auto text = inside(raw);
    if (text.find('\\') == std::string_view::npos) return text;
    buffer = json::string_of(raw).value_or(std::string());
    return buffer;
}

std::size_t characters_in(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char c) { return (c & 0xc0) != 0x80; }));
}

chat::Failure empty_answer() {
    chat::Failure failure;
    failure.error = {
        Kind::upstream, "the provider ended its answer without having said anything", 0, {}};
    failure.type = "server_error";
    failure.code = "upstream_error";
    failure.maybe_charged = true;
    return failure;
}

}  // namespace

Teller::Teller(chat::AnswerState state, chat::NewId new_id)
    : state_(std::move(state)), new_id_(std::move(new_id)) {}

Teller::Block* Teller::find(std::int64_t index) {
    const auto found = std::ranges::find(blocks_, index, &Block::index);
    return found == blocks_.end() ? nullptr : &*found;
}

void Teller::start(std::string_view raw_message, Events& out) {
    std::string id;
    std::string_view usage;
    each_member(raw_message, [&](std::string_view name, std::string_view raw) {
        if (name == "id") id = json::string_of(raw).value_or(std::string());
        if (name == "usage") usage = raw;
    });
    out.start(std::move(id), 0);
    count(usage, out);
}

bool Teller::open(std::int64_t index, std::string_view raw_block, Events& out) {
    out.start("", 0);  // in case nothing else has
    close(index, out);
    if (blocks_.size() >= kMostOpen) return false;
    auto& block = blocks_.emplace_back();
    block.index = index;
    std::string_view type;
    each_member(raw_block, [&](std::string_view name, std::string_view raw) {
        if (name == "type") type = inside(raw);
    });
    if (type == "text") open_text(block, raw_block, out);
    if (type == "tool_use") open_call(block, raw_block, out);
    if (type == "thinking") open_thinking(block, raw_block, out);
    if (type == "redacted_thinking") {
        block.what = What::redacted;
        block.raw = raw_block.substr(0, kMostKept + 1);
    }
    return true;
}

void Teller::open_text(Block& block, std::string_view raw_block, Events& out) {
    block.what = What::text;
    block.begins = characters_;
    each_member(raw_block, [&](std::string_view name, std::string_view raw) {
        if (name == "text") say(said(raw, buffer_), out);
        if (name != "citations" || !raw.starts_with('[')) return;
        Cursor c(raw);
        for (c.enter_array(); c.next_element();) cite(block, c.value());
    });
}

void Teller::open_thinking(Block& block, std::string_view raw_block, Events& out) {
    block.what = What::thinking;
    block.raw = raw_block.substr(0, kMostKept + 1);
    each_member(raw_block, [&](std::string_view name, std::string_view raw) {
        if (name == "signature") block.signature = inside(raw).substr(0, kMostKept + 1);
        if (name != "thinking") return;
        block.thinking = inside(raw).substr(0, kMostKept + 1);
        out.reasoning(0, said(raw, buffer_));
    });
}

void Teller::open_call(Block& block, std::string_view raw_block, Events& out) {
    std::string id, name;
    each_member(raw_block, [&](std::string_view member, std::string_view raw) {
        if (member == "id") id = json::string_of(raw).value_or(std::string());
        if (member == "name") name = json::string_of(raw).value_or(std::string());
        if (member == "input" && raw.starts_with('{')) block.raw = json::compact(raw);
    });
    spoke_ = true;
    if (!name.empty() && name == state_.unwrap_tool) {
        block.what = What::schema_call;
        return;
    }
    called_ = true;
    block.what = What::call;
    block.custom = std::ranges::find(state_.custom_tools, name) != state_.custom_tools.end();
    if (id.empty()) id = new_id_("call_");
    if (name.empty()) name = "unknown";  // nothing may be lost, and a client can say so
    block.call = out.start_call(0, std::move(id), std::move(name), block.custom);
}

void Teller::say(std::string_view text, Events& out) {
    if (text.empty()) return;
    spoke_ = true;
    characters_ += characters_in(text);
    out.text(0, text);
}

// A piece of a call's JSON.
void Teller::argue(Block& block, std::string_view json, Events& out) {
    block.pieces = block.pieces || !json.empty();
    if (block.what == What::schema_call) return say(json, out);
    if (!block.custom) return out.call_arguments(0, block.call, json);
    out.call_arguments(0, block.call, block.free_text.feed(json));
}

void Teller::cite(Block& block, std::string_view raw_citation) {
    std::string_view url = R"("")", title = R"("")";
    each_member(raw_citation, [&](std::string_view name, std::string_view raw) {
        if (name == "url" && raw.starts_with('"')) url = raw;
        if (name == "title" && raw.starts_with('"')) title = raw;
    });
    if (url.size() <= 2 || block.citations.size() >= kMostCitations) return;
    block.citations.push_back(cat(R"("url":)", url, R"(,"title":)", title));
}

void Teller::delta(std::int64_t index, std::string_view raw_delta, Events& out) {
    auto* block = find(index);
    if (!block) return;
    std::string_view type, content;
    each_member(raw_delta, [&](std::string_view name, std::string_view raw) {
        if (name == "type") {
            type = inside(raw);
        } else if (name == "text" || name == "partial_json" || name == "thinking" ||
                   name == "signature" || name == "citation") {
            content = raw;
        }
    });
    const bool call = block->what == What::call || block->what == What::schema_call;
    if (type == "text_delta" && block->what == What::text) {
        say(said(content, buffer_), out);
    } else if (type == "input_json_delta" && call) {
        argue(*block, said(content, buffer_), out);
    } else if (type == "citations_delta" && block->what == What::text) {
        cite(*block, content);
    } else if (type == "thinking_delta" && block->what == What::thinking) {
        block->pieces = true;
        if (block->thinking.size() <= kMostKept) block->thinking += inside(content);
        out.reasoning(0, said(content, buffer_));
    } else if (type == "signature_delta" && block->what == What::thinking) {
        block->pieces = true;
        if (block->signature.size() <= kMostKept) block->signature += inside(content);
    }
}

void Teller::close(std::int64_t index, Events& out) {
    auto* block = find(index);
    if (!block) return;
    finish_block(*block, out);
    blocks_.erase(blocks_.begin() + (block - blocks_.data()));
}

void Teller::finish_block(Block& block, Events& out) {
    const bool call = block.what == What::call || block.what == What::schema_call;
    if (call && !block.pieces) argue(block, block.raw.empty() ? "{}" : block.raw, out);
    if (block.what == What::call) {
        if (block.custom) out.call_arguments(0, block.call, block.free_text.finish());
        out.end_call(0, block.call);
    }
    if (block.what == What::thinking || block.what == What::redacted) keep_thinking(block, out);
    if (block.citations.empty()) return;
    std::string list;
    for (const auto& citation : block.citations)
        append(list, list.empty() ? "[" : ",",
               R"({"type":"url_citation","url_citation":{"start_index":)", block.begins,
               R"(,"end_index":)", characters_, ',', citation, "}}");
    out.also(0, "annotations", list + ']');
}

// Goes back to Anthropic byte by byte, so nothing of it is undone and written anew.
void Teller::keep_thinking(const Block& block, Events& out) {
    auto json = block.raw;
    if (block.pieces)
        json = cat(R"({"type":"thinking","thinking":")", block.thinking, R"(","signature":")",
                   block.signature, "\"}");
    const bool says_something =
        block.what == What::redacted || !block.thinking.empty() || !block.signature.empty();
    if (says_something && json.size() <= kMostKept)
        out.keep(0, -1, chat::Kept::Kind::thinking_block, std::move(json));
}

void Teller::count(std::string_view raw_usage, Events& out) {
    counters_.update(raw_usage);
    if (counters_.any()) out.used(counters_.usage());
}

void Teller::stop(std::string_view raw_reason, std::string_view raw_details) {
    if (auto reason = json::string_of(raw_reason)) stop_reason_ = std::move(*reason);
    each_member(raw_details, [&](std::string_view name, std::string_view raw) {
        if (name == "explanation") explanation_ = json::string_of(raw).value_or(std::string());
    });
}

Finish Teller::finish_reason() const {
    if (stop_reason_ == "max_tokens" || stop_reason_ == "model_context_window_exceeded")
        return Finish::length;
    if (stop_reason_ == "refusal") return Finish::content_filter;
    return called_ ? Finish::tool_calls : Finish::stop;
}

void Teller::end(Events& out) {
    for (auto& block : blocks_) finish_block(block, out);
    blocks_.clear();
    constexpr std::string_view kReasons[] = {"end_turn",
                                             "stop_sequence",
                                             "max_tokens",
                                             "tool_use",
                                             "pause_turn",
                                             "refusal",
                                             "model_context_window_exceeded"};
    const bool known = std::ranges::find(kReasons, stop_reason_) != std::end(kReasons);
    if (!known && !spoke_) return out.fail(empty_answer());
    if (stop_reason_ == "refusal") out.refusal(0, explanation_);
    out.finish(0, finish_reason());
    if (counters_.any()) out.used(counters_.usage());
    out.end();
}

}  // namespace ogem::wire::anthropic
