#include "wire/anthropic/conversation.h"

#include "base/text.h"
#include "json/writer.h"
#include "wire/anthropic/call_ids.h"
#include "wire/anthropic/content.h"
#include "wire/anthropic/tool_input.h"
#include "wire/refuse.h"

#include <algorithm>

namespace ogem::wire::anthropic {

namespace {

using chat::Json;
using chat::Message;
using chat::Part;
using chat::Role;

// A marker that a client put on a message instead of a part.
Json cache_control_on(const Message& message) {
    const auto found = std::ranges::find(message.rest, "cache_control", &chat::Extra::name);
    return found == message.rest.end() ? Json() : found->value;
}

// The marker of part `i`: its own, else the one of the message if it is the last.
const Json& marker_of(const Message& message, std::size_t i, const Json& marker) {
    const auto& own = message.content[i].cache_control;
    return own.empty() && i + 1 == message.content.size() ? marker : own;
}

std::string text_of(const std::vector<Part>& parts) {
    std::string text;
    for (const auto& part : parts) text += part.text;
    return text;
}

class Builder {
public:
    Builder(const chat::Request& request, const Place& place)
        : request_(request), place_(place), ids_(request.messages) {}

    Result<Conversation> build() {
        for (std::size_t i = 0; i < request_.messages.size(); ++i)
            if (auto added = add(request_.messages[i], i); !added) return fail_as(added);
        answer_open_calls();
        const bool begins = !out_.turns.empty() && out_.turns.front().role == Role::user;
        if (!begins) {
            Turn filler;
            filler.blocks.push_back(text_block(".", {}));
            out_.turns.insert(out_.turns.begin(), std::move(filler));
        }
        return std::move(out_);
    }

private:
    struct OpenCall {
        std::string id;    // the client's
        std::string sent;  // ours
    };

    Result<void> add(const Message& message, std::size_t index) {
        switch (message.role) {
            case Role::system:
                return add_system(message, index);
            case Role::user:
                return add_parts(message, index, Role::user);
            case Role::assistant:
                return add_assistant(message, index);
            case Role::tool:
                return add_result(message, index);
        }
        return {};
    }

    // The turn that `role` speaks in. A turn of the assistant closes the calls before it.
    Turn& turn(Role role) {
        if (!out_.turns.empty() && out_.turns.back().role == role) return out_.turns.back();
        if (role == Role::assistant) answer_open_calls();
        if (out_.turns.empty() || out_.turns.back().role != role)
            out_.turns.emplace_back().role = role;
        return out_.turns.back();
    }

    void answer_open_calls() {
        if (open_.empty()) return;
        auto& user = turn(Role::user);
        for (const auto& call : std::exchange(open_, {}))
            user.results.push_back(cat(R"({"type":"tool_result","tool_use_id":)",
                                       json::quoted(call.sent),
                                       R"(,"content":"","is_error":true})"));
    }

    static void append(Turn& turn, Json block, std::string_view text, const Json& cache_control) {
        turn.blocks.push_back(std::move(block));
        turn.last_text = text;
        turn.last_cache_control = cache_control;
    }

    void append_text(Role role, std::string_view text, const Json& cache_control) {
        if (!says_nothing(text))
            append(turn(role), text_block(text, cache_control), text, cache_control);
    }

    // The parts of `message` as blocks of `role`; the marker of the message goes to the last one.
    Result<void> add_parts(const Message& message, std::size_t index, Role role) {
        const auto marker = cache_control_on(message);
        for (std::size_t i = 0; i < message.content.size(); ++i) {
            const auto& part = message.content[i];
            const auto& cache = marker_of(message, i, marker);
            if (part.kind == Part::Kind::text || part.kind == Part::Kind::refusal) {
                append_text(role, part.text, cache);
                continue;
            }
            if (role != Role::user)
                return refuse({index, i}, ".type", "only a user's message may hold files");
            auto block = block_of(part, {index, i}, place_.can.url_sources, cache);
            if (!block) return fail_as(block);
            append(turn(role), std::move(*block), {}, {});
        }
        return {};
    }

    Result<void> add_assistant(const Message& message, std::size_t index) {
        for (const auto& block : message.thinking) {
            auto& assistant = turn(Role::assistant);
            if (assistant.blocks.empty()) assistant.starts_with_thinking = true;
            append(assistant, block, {}, {});
        }
        if (auto added = add_parts(message, index, Role::assistant); !added) return added;
        for (const auto& call : message.calls) {
            auto& assistant = turn(Role::assistant);  // before the call is open
            if (open_.size() >= chat::Lifecycle::kMostCalls)
                return refuse_member(
                    cat("messages[", index, "].tool_calls"),
                    cat("more than ", chat::Lifecycle::kMostCalls, " calls at once"));
            open_.push_back({call.id, ids_.name_for(call.id)});
            Json block;
            json::Writer w(block);
            write_tool_use(w, call, open_.back().sent);
            append(assistant, std::move(block), {}, {});
        }
        return {};
    }

    Result<void> add_system(const Message& message, std::size_t index) {
        const bool inline_here = place_.can.inline_system && open_.empty() && !out_.turns.empty() &&
                                 out_.turns.back().role == Role::user &&
                                 index + 1 < request_.messages.size();
        if (inline_here) return add_parts(message, index, Role::system);
        const auto marker = cache_control_on(message);
        for (std::size_t i = 0; i < message.content.size(); ++i) {
            const auto& part = message.content[i];
            if (part.kind != Part::Kind::text)
                return refuse({index, i}, ".type", "a system message holds text only");
            if (!says_nothing(part.text))
                out_.system.push_back(text_block(part.text, marker_of(message, i, marker)));
        }
        return {};
    }

    Result<void> add_result(const Message& message, std::size_t index) {
        const auto call = std::ranges::find(open_, message.call_id, &OpenCall::id);
        if (call == open_.end()) return add_orphan(message, index);
        auto content = result_content(message, index);
        if (!content) return fail_as(content);
        Json block;
        json::Writer w(block);
        w.begin_object().key("type").value("tool_result").key("tool_use_id").value(call->sent);
        w.key("content").raw(*content);
        if (const auto cache = cache_control_of(cache_control_on(message)); !cache.empty())
            w.key("cache_control").raw(cache);
        w.end_object();
        open_.erase(call);
        turn(Role::user).results.push_back(std::move(block));
        return {};
    }

    Result<Json> result_content(const Message& message, std::size_t index) const {
        if (message.plain) return json::quoted(text_of(message.content));
        Json out;
        json::Writer w(out);
        w.begin_array();
        for (std::size_t i = 0; i < message.content.size(); ++i) {
            const auto block = block_of(message.content[i], {index, i}, place_.can.url_sources);
            if (!block) return fail(block.error());
            if (!block->empty()) w.raw(*block);
        }
        w.end_array();
        return out == "[]" ? R"("")" : out;
    }

    // A result whose call is not in the history, or has been answered: told as text.
    Result<void> add_orphan(const Message& message, std::size_t index) {
        append_text(Role::user,
                    cat("Tool result (", message.call_id, "): ", text_of(message.content)),
                    cache_control_on(message));
        for (std::size_t i = 0; i < message.content.size(); ++i) {
            if (message.content[i].kind == Part::Kind::text) continue;
            auto block = block_of(message.content[i], {index, i}, place_.can.url_sources);
            if (!block) return fail_as(block);
            append(turn(Role::user), std::move(*block), {}, {});
        }
        return {};
    }

    const chat::Request& request_;
    const Place& place_;
    CallIds ids_;
    std::vector<OpenCall> open_;  // calls of the last assistant turn without a result
    Conversation out_;
};

}  // namespace

bool Conversation::lacks_thinking() const {
    if (turns.back().results.empty()) return false;
    bool begins_with_thinking = true;
    for (auto turn = turns.rbegin(); turn != turns.rend(); ++turn) {
        if (turn->role == Role::user && turn->results.empty()) break;
        if (turn->role == Role::assistant) begins_with_thinking = turn->starts_with_thinking;
    }
    return !begins_with_thinking;
}

void Conversation::close(bool prefill) {
    auto& last = turns.back();
    if (last.role == Role::user) return;
    if (!prefill || last.role == Role::system) {
        turns.emplace_back();
        turns.back().blocks.push_back(text_block("Continue.", {}));
        return;
    }
    const auto text = std::string_view(last.last_text);
    const auto end = text.find_last_not_of(" \t\r\n\f\v");
    if (end == std::string_view::npos) return;
    last.blocks.back() = text_block(text.substr(0, end + 1), last.last_cache_control);
}

Result<Conversation> conversation_of(const chat::Request& request, const Place& place) {
    return Builder(request, place).build();
}

}  // namespace ogem::wire::anthropic
