#include "chat/copies.h"

namespace ogem::chat {

namespace {

void add(std::optional<std::int64_t>& sum, const std::optional<std::int64_t>& more) {
    if (more) sum = sum.value_or(0) + *more;
}

}  // namespace

Usage Copies::sum() const {
    Usage sum;
    for (const auto& usage : usages_) {
        if (!usage) continue;
        sum.prompt_tokens += usage->prompt_tokens;
        sum.completion_tokens += usage->completion_tokens;
        add(sum.cached_tokens, usage->cached_tokens);
        add(sum.cache_write_tokens, usage->cache_write_tokens);
        add(sum.reasoning_tokens, usage->reasoning_tokens);
    }
    return sum;
}

struct Copies::Adder {
    Copies& copies;
    int copy;
    Events& out;

    void operator()(const Started& e) const { out.start(e.id, e.created); }
    void operator()(const Text& e) const { out.text(copy, e.text); }
    void operator()(const Reasoning& e) const { out.reasoning(copy, e.text); }
    void operator()(const Refusal& e) const { out.refusal(copy, e.text); }
    void operator()(const CallStarted& e) const { out.start_call(copy, e.id, e.name, e.custom); }
    void operator()(const CallArguments& e) const { out.call_arguments(copy, e.call, e.text); }
    void operator()(const CallEnded& e) const { out.end_call(copy, e.call); }
    void operator()(const Also& e) const { out.also(copy, e.name, e.value); }
    void operator()(const Kept& e) const { out.keep(copy, e.call, e.kind, e.value); }
    void operator()(const Finished& e) const { out.finish(copy, e.reason); }
    void operator()(const Used& e) const {
        copies.usages_[static_cast<std::size_t>(copy)] = e.usage;
        out.used(copies.sum());
    }
    void operator()(const Failed& e) const { out.fail(e.failure); }
    void operator()(const Ended&) const {
        if (++copies.ended_ == copies.usages_.size()) out.end();
    }
};

void Copies::take(int copy, const Event& event, Events& out) {
    std::visit(Adder{*this, copy, out}, event);
}

}  // namespace ogem::chat
