// Task<T>: a coroutine that owns its frame. Lazy: it starts when awaited. Not thread-safe: it lives
// on one loop.
//
// Cancellation is ownership: destroying a Task that is suspended destroys the frames it awaits,
// innermost first, and with them their sockets, timers and transfers. A running Task must not be
// destroyed.
//
// GCC 12 miscompiles aggregate temporaries and capturing lambdas inside co_await: name it, then
// await it.
#pragma once

#include <coroutine>
#include <cstddef>
#include <exception>
#include <optional>
#include <type_traits>
#include <utility>

namespace ogem {

// Coroutine frames of a few sizes are kept per thread: a request makes about six, and malloc would
// show.
void* allocate_frame(std::size_t size);
void free_frame(void* frame, std::size_t size) noexcept;

namespace detail {

struct PromiseBase {
    std::coroutine_handle<> continuation = std::noop_coroutine();

    static void* operator new(std::size_t size) { return allocate_frame(size); }
    static void operator delete(void* frame, std::size_t size) noexcept { free_frame(frame, size); }

    std::suspend_always initial_suspend() const noexcept { return {}; }

    struct ResumeContinuation {
        bool await_ready() const noexcept { return false; }
        template <class Promise>
        std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> self) const noexcept {
            return self.promise().continuation;
        }
        void await_resume() const noexcept {}
    };
    ResumeContinuation final_suspend() const noexcept { return {}; }

    // Our code returns errors; what still throws (bad_alloc, a bug) ends the program where it
    // happened.
    [[noreturn]] void unhandled_exception() const noexcept { std::terminate(); }
};

template <class T>
struct Promise;

}  // namespace detail

template <class T = void>
class [[nodiscard]] Task {
public:
    using promise_type = detail::Promise<T>;
    using Handle = std::coroutine_handle<promise_type>;

    Task() = default;
    explicit Task(Handle handle) : handle_(handle) {}
    Task(Task&& other) noexcept : handle_(std::exchange(other.handle_, nullptr)) {}
    Task& operator=(Task&& other) noexcept {
        if (this != &other) {
            reset();
            handle_ = std::exchange(other.handle_, nullptr);
        }
        return *this;
    }
    ~Task() { reset(); }

    explicit operator bool() const { return handle_ != nullptr; }
    bool done() const { return handle_ && handle_.done(); }
    void reset() {
        if (handle_) std::exchange(handle_, nullptr).destroy();
    }

    // Runs the task as a root until its first suspension; the owner of the Task keeps it alive.
    void start() { handle_.resume(); }

    // For awaiters that put something between a child and its parent (see net/guard.h).
    Handle handle() const { return handle_; }

    bool await_ready() const noexcept { return false; }
    std::coroutine_handle<> await_suspend(std::coroutine_handle<> parent) noexcept {
        handle_.promise().continuation = parent;
        return handle_;
    }
    T await_resume() {
        if constexpr (!std::is_void_v<T>) return std::move(*handle_.promise().value);
    }

private:
    Handle handle_;
};

namespace detail {

template <class T>
struct Promise : PromiseBase {
    std::optional<T> value;
    Task<T> get_return_object() {
        return Task<T>(std::coroutine_handle<Promise>::from_promise(*this));
    }
    template <class U>
    void return_value(U&& result) {
        value.emplace(std::forward<U>(result));
    }
};

template <>
struct Promise<void> : PromiseBase {
    Task<void> get_return_object() {
        return Task<void>(std::coroutine_handle<Promise>::from_promise(*this));
    }
    void return_void() const noexcept {}
};

}  // namespace detail
}  // namespace ogem
