#include "gateway/remembered.h"

#include <algorithm>
#include <utility>

namespace ogem::gateway {

namespace {

constexpr std::size_t kBytesOfAnEntry = 200;  // list node, table node, string heads: about

std::size_t bytes_of(const std::string& call_id, const Remembered::Memory& memory) {
    auto bytes = kBytesOfAnEntry + call_id.size() + memory.origin.size() + memory.signature.size();
    for (const auto& block : memory.thinking) bytes += block.size() + sizeof block;
    return bytes;
}

}  // namespace

void Remembered::keep(const std::string& call_id, Memory memory) {
    const auto bytes = bytes_of(call_id, memory);
    const std::lock_guard lock(mutex_);
    if (const auto known = by_call_.find(call_id); known != by_call_.end()) forget(known->second);
    if (bytes > most_bytes_ / 8) return;
    while (bytes_ + bytes > most_bytes_) forget(std::prev(entries_.end()));
    entries_.push_front({call_id, std::move(memory), bytes});
    by_call_.emplace(entries_.front().call_id, entries_.begin());
    bytes_ += bytes;
}

void Remembered::forget(Entries::iterator entry) {
    bytes_ -= entry->bytes;
    by_call_.erase(entry->call_id);
    entries_.erase(entry);
}

// What was kept for this call if `origin` made it, and then it counts as used.
const Remembered::Memory* Remembered::find(const std::string& call_id, std::string_view origin) {
    const auto known = by_call_.find(call_id);
    if (known == by_call_.end() || known->second->memory.origin != origin) return nullptr;
    entries_.splice(entries_.begin(), entries_, known->second);
    return &known->second->memory;
}

bool Remembered::knows_any(const chat::Request& request, std::string_view origin) {
    return std::ranges::any_of(request.messages, [&](const chat::Message& message) {
        return std::ranges::any_of(message.calls, [&](const chat::ToolCall& call) {
            return find(call.id, origin) != nullptr;
        });
    });
}

void Remembered::restore(chat::Message& message, std::string_view origin) {
    for (auto& call : message.calls) {
        const auto* memory = find(call.id, origin);
        if (!memory) continue;
        if (message.thinking.empty()) message.thinking = memory->thinking;
        if (call.signature.empty()) call.signature = memory->signature;
    }
}

std::optional<chat::Request> Remembered::restored(const chat::Request& request,
                                                  std::string_view origin) {
    const std::lock_guard lock(mutex_);
    if (entries_.empty() || !knows_any(request, origin)) return {};
    auto whole = request;
    for (auto& message : whole.messages) restore(message, origin);
    return whole;
}

std::size_t Remembered::bytes() const {
    const std::lock_guard lock(mutex_);
    return bytes_;
}

}  // namespace ogem::gateway
