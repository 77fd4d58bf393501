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

std::vector<Remembered::Found> Remembered::find_all(const chat::Request& request,
                                                    std::string_view origin) {
    std::vector<Found> found;
    const std::lock_guard lock(mutex_);
    if (entries_.empty()) return found;
    for (std::size_t m = 0; m < request.messages.size(); ++m) {
        const auto& calls = request.messages[m].calls;
        for (std::size_t c = 0; c < calls.size(); ++c)
            if (const auto* memory = find(calls[c].id, origin)) found.push_back({m, c, *memory});
    }
    return found;
}

// The request, which may be megabytes, is copied when the lock has been given back.
std::optional<chat::Request> Remembered::restored(const chat::Request& request,
                                                  std::string_view origin) {
    auto found = find_all(request, origin);
    if (found.empty()) return {};
    auto whole = request;
    for (auto& [message_index, call_index, memory] : found) {
        auto& message = whole.messages[message_index];
        auto& call = message.calls[call_index];
        if (message.thinking.empty()) message.thinking = std::move(memory.thinking);
        if (call.signature.empty()) call.signature = std::move(memory.signature);
    }
    return whole;
}

std::size_t Remembered::bytes() const {
    const std::lock_guard lock(mutex_);
    return bytes_;
}

}  // namespace ogem::gateway
