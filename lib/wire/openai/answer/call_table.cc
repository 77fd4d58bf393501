#include "wire/openai/answer/call_table.h"

#include "base/text.h"

#include <algorithm>

namespace ogem::wire::openai {

namespace {

constexpr std::size_t kMostWaiting = 1u << 20;  // bytes of arguments without a name

bool names_another(std::string_view name, std::string_view known) {
    return !name.empty() && !known.empty() && name != known;
}

}  // namespace

CallTable::Call* CallTable::by_id(std::string_view id) {
    const auto found = std::ranges::find(calls_, id, &Call::id);
    return found == calls_.end() ? nullptr : &*found;
}

// The newest one: a server without ids may count every call as number 0.
CallTable::Call* CallTable::by_index(std::int64_t index) {
    if (index < 0) return calls_.empty() ? nullptr : &calls_.back();
    const auto found = std::find_if(calls_.rbegin(), calls_.rend(),
                                    [&](const Call& call) { return call.index == index; });
    return found == calls_.rend() ? nullptr : &*found;
}

CallTable::Call& CallTable::add_call(const CallFragment& fragment) {
    auto& call = calls_.emplace_back();
    call.id = fragment.id;
    call.index = fragment.index;
    return call;
}

CallTable::Call& CallTable::call_of(const CallFragment& fragment) {
    if (!fragment.id.empty()) {
        if (auto* known = by_id(fragment.id)) return *known;
        // A new id with a name is a new call; without one the server makes up ids as it goes.
        auto* known = fragment.name.empty() ? by_index(fragment.index) : nullptr;
        return known ? *known : add_call(fragment);
    }
    auto* known = by_index(fragment.index);
    if (!known || names_another(fragment.name, known->name)) return add_call(fragment);
    return *known;
}

Result<void> CallTable::start(Call& call, int choice, const chat::NewId& new_id,
                              chat::Events& out) {
    if (call.id.empty()) call.id = new_id("call_");
    call.number = out.start_call(choice, call.id, call.name, call.custom);
    if (call.number < 0)
        return fail(Kind::upstream,
                    cat("upstream made more than ", chat::Lifecycle::kMostCalls, " tool calls"));
    out.call_arguments(choice, call.number, call.waiting);
    call.waiting = {};
    return {};
}

Result<void> CallTable::add(CallFragment fragment, int choice, const chat::NewId& new_id,
                            chat::Events& out) {
    auto& call = call_of(fragment);
    if (call.number < 0) call.custom = call.custom || fragment.custom;  // its kind has been told
    call.has_arguments = call.has_arguments || !fragment.arguments.empty();
    if (call.number >= 0) {
        out.call_arguments(choice, call.number, fragment.arguments);
        return {};
    }
    call.waiting += fragment.arguments;
    if (call.name.empty()) call.name = std::move(fragment.name);
    if (!call.name.empty()) return start(call, choice, new_id, out);
    const bool flood = calls_.size() > chat::Lifecycle::kMostCalls;
    if (flood || call.waiting.size() > kMostWaiting)
        return fail(Kind::upstream, "upstream sent too much of tool calls without a name");
    return {};
}

Result<void> CallTable::end(int choice, chat::Events& out) {
    for (const auto& call : calls_) {
        if (call.number < 0)
            return fail(Kind::upstream, "upstream made a tool call without saying of what");
        // Clients parse what they get (pitfall 19).
        if (!call.custom && !call.has_arguments) out.call_arguments(choice, call.number, "{}");
    }
    return {};
}

}  // namespace ogem::wire::openai
