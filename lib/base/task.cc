#include "base/task.h"

#include <cstdlib>
#include <new>

namespace ogem {

namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kKeepFrames = false;  // sanitizers see each frame's own life
#else
constexpr bool kKeepFrames = true;
#endif

constexpr std::size_t kStep = 64;          // bytes; sizes are rounded up to a multiple
constexpr std::size_t kClasses = 32;       // up to 2 KiB
constexpr std::size_t kKeptPerClass = 64;  // frames kept per thread and size

struct FreeList {
    void* head = nullptr;
    std::size_t count = 0;
};

struct FrameCache {
    FreeList lists[kClasses];
    ~FrameCache() {
        for (auto& list : lists)
            while (list.head) {
                void* next = *static_cast<void**>(list.head);
                std::free(list.head);
                list.head = next;
            }
    }
};
thread_local FrameCache t_cache;

std::size_t class_of(std::size_t size) {
    return (size + kStep - 1) / kStep - 1;
}

}  // namespace

void* allocate_frame(std::size_t size) {
    const auto index = class_of(size);
    if (kKeepFrames && index < kClasses) {
        auto& list = t_cache.lists[index];
        if (list.head) {
            void* frame = list.head;
            list.head = *static_cast<void**>(frame);
            --list.count;
            return frame;
        }
    }
    void* frame = std::malloc((index + 1) * kStep);
    if (!frame) throw std::bad_alloc();
    return frame;
}

void free_frame(void* frame, std::size_t size) noexcept {
    const auto index = class_of(size);
    if (kKeepFrames && index < kClasses && t_cache.lists[index].count < kKeptPerClass) {
        auto& list = t_cache.lists[index];
        *static_cast<void**>(frame) = list.head;
        list.head = frame;
        ++list.count;
        return;
    }
    std::free(frame);
}

}  // namespace ogem
