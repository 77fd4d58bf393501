// Waiting for several coroutines at once.
#pragma once

#include "net/loop.h"
#include "net/wait.h"

#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace ogem::net {

// Runs `tasks` side by side, and ends when all have ended. Destroying it destroys them.
inline Task<> together(Loop& loop, std::vector<Task<>> tasks) {
    struct Meeting {
        std::size_t missing;
        Signal complete;
    };
    constexpr auto attend = [](Loop& here, Task<> task,
                               std::shared_ptr<Meeting> meeting) -> Task<> {
        co_await task;
        // Not from in here: whoever waits destroys this task.
        if (--meeting->missing == 0) here.later([meeting] { meeting->complete.raise(); });
    };
    if (tasks.empty()) co_return;
    const auto meeting = std::make_shared<Meeting>();
    meeting->missing = tasks.size();
    std::vector<Task<>> attending;
    for (auto& task : tasks) attending.push_back(attend(loop, std::move(task), meeting));
    for (auto& task : attending) task.start();
    auto end = meeting->complete.wait();
    co_await end;
}

}  // namespace ogem::net
