// The buffer every read of a thread goes into first, so that an idle connection owns none.
#pragma once

#include <cstddef>
#include <string>

namespace ogem::net {

// json::kPadding readable bytes follow these.
inline constexpr std::size_t kScratchSize = 64 * 1024;

// The buffer, to be filled from its start. Whoever keeps bytes past its next wait copies them, or
// lets an Unread keep them.
char* scratch();

// Bytes of one connection that were read but not consumed. They stay where they are until somebody
// else wants the buffer, and are moved to memory of their own only then: mostly they have been
// consumed before, without a copy.
class Unread {
public:
    Unread() = default;
    ~Unread() { keep(nullptr, 0); }
    Unread(const Unread&) = delete;
    Unread& operator=(const Unread&) = delete;

    std::size_t size() const { return own_.size() + size_; }
    bool empty() const { return size() == 0; }

    // The bytes, inside the scratch buffer, to be consumed; json::kPadding readable bytes follow.
    char* data();
    // The scratch buffer with the bytes at its start, to read more behind them.
    char* front();

    // What is left: `size` bytes at `bytes`, inside the scratch buffer. Nothing else is kept.
    void keep(char* bytes, std::size_t size);

private:
    friend char* scratch();
    void move_out();

    std::string own_;     // where they are once they had to leave; else empty
    char* at_ = nullptr;  // in the scratch buffer
    std::size_t size_ = 0;
};

}  // namespace ogem::net
