#include "net/scratch.h"

#include "base/text.h"
#include "json/scan.h"

#include <cstring>
#include <memory>

namespace ogem::net {

namespace {

thread_local Unread* t_lodger = nullptr;  // whose bytes lie in the buffer

}  // namespace

char* scratch() {
    thread_local const auto buffer = std::make_unique<char[]>(kScratchSize + json::kPadding);
    if (t_lodger) t_lodger->move_out();
    return buffer.get();
}

void Unread::move_out() {
    own_.assign(at_, size_);
    keep(nullptr, 0);
}

char* Unread::data() {
    return size_ > 0 ? at_ : front();
}

char* Unread::front() {
    const auto count = size_;
    const char* const from = at_;
    keep(nullptr, 0);  // it is ours: nobody has to move out
    char* const buffer = scratch();
    if (count > 0) {
        std::memmove(buffer, from, count);
        keep(buffer, count);
    } else if (!own_.empty()) {
        std::memcpy(buffer, own_.data(), own_.size());
        keep(buffer, own_.size());
        free_memory(own_);
    }
    return buffer;
}

void Unread::keep(char* bytes, std::size_t size) {
    at_ = bytes;
    size_ = size;
    if (size > 0) {
        t_lodger = this;
    } else if (t_lodger == this) {
        t_lodger = nullptr;
    }
}

}  // namespace ogem::net
