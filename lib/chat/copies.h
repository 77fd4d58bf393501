// One answer of several: `n` choices from a provider that gives one at a time, each asked for by a
// call of its own (wire::Call::copies). Streamed or not.
#pragma once

#include "chat/lifecycle.h"

#include <cstddef>
#include <optional>
#include <vector>

namespace ogem::chat {

// Not thread-safe; one per answer.
class Copies {
public:
    explicit Copies(int count) : usages_(static_cast<std::size_t>(count)) {}

    // What copy `copy` (from 0) told, as choice `copy` of the answer in `out`. The answer has the
    // id of the copy that started first, tokens are added up, and it ends with the last copy; when
    // one fails, all have failed, and the caller gives up the others. REQUIRES: an order that
    // Lifecycle accepts, for each copy; the copy has only choice 0.
    void take(int copy, const Event& event, Events& out);

private:
    struct Adder;

    Usage sum() const;

    std::vector<std::optional<Usage>> usages_;
    std::size_t ended_ = 0;
};

}  // namespace ogem::chat
