#include "ogem/input/read.h"

#include "base/duration.h"
#include "base/text.h"
#include "json/utf8.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace ogem::cli {

namespace {

constexpr std::size_t kMaxInput = 32u << 20;  // what the daemon takes by default
constexpr auto kHintAfter = 1s;

std::unexpected<Failure> too_large(std::string_view name) {
    return failed(Exit::usage, cat(name, " is larger than 32 MiB"));
}

std::unexpected<Failure> cannot_read(std::string_view name, int error) {
    return failed(Exit::usage,
                  cat("cannot read ", name, ": ", std::generic_category().message(error)));
}

Outcome<> wait_for_stdin(const client::Patience& patience) {
    auto ready = client::wait_for(STDIN_FILENO, client::Event::readable, patience);
    if (!ready) return failed_wait(ready.error());
    return {};
}

// The first byte: a hint after a second, a failure when the plan's time has passed.
Outcome<> wait_for_first_byte(const Context& context, const StdinPlan& plan) {
    const auto& whole = context.patience;
    const auto limited = plan.first_byte ? whole.at_most(*plan.first_byte) : whole;
    auto ready = wait_for_stdin(limited.at_most(kHintAfter));
    if (ready || ready.error().exit != Exit::timeout) return ready;
    if (Clock::now() < limited.deadline) {
        context.note("waiting for standard input (-n ignores it)");
        ready = wait_for_stdin(limited);
        if (ready || ready.error().exit != Exit::timeout) return ready;
    }
    if (limited.deadline == whole.deadline) return ready;
    return failed(Exit::usage, cat("stdin is an open pipe that stayed silent for ",
                                   duration_text(*plan.first_byte),
                                   "; use '-' to wait for it or -n to ignore it"));
}

// Appends the next piece to `text`; false at the end.
Outcome<bool> read_more(int fd, std::string_view name, std::string& text) {
    char buffer[64u << 10];
    const auto got = ::read(fd, buffer, sizeof buffer);
    if (got < 0 && errno != EINTR && errno != EAGAIN) return cannot_read(name, errno);
    text.append(buffer, static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
    if (text.size() > kMaxInput) return too_large(name);
    return got != 0;
}

}  // namespace

Outcome<std::string> read_stdin(const Context& context, const StdinPlan& plan) {
    std::string text;
    if (!plan.read) return text;
    const bool can_be_silent = kind_of_stdin(false) == StdinKind::pipe;
    if (can_be_silent) {
        if (auto first = wait_for_first_byte(context, plan); !first) return failed_as(first);
    }
    while (true) {
        if (auto ready = wait_for_stdin(context.patience); !ready) return failed_as(ready);
        auto more = read_more(STDIN_FILENO, "standard input", text);
        if (!more) return failed_as(more);
        if (!*more) return text;
    }
}

Outcome<std::string> read_stdin(const Context& context) {
    return read_stdin(context, {!context.stdin_was_closed, {}});
}

Outcome<std::string> read_file(const std::string& path) {
    const client::Fd file(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
    if (!file) return cannot_read(path, errno);
    std::string text;
    while (true) {
        auto more = read_more(file.get(), path, text);
        if (!more) return failed_as(more);
        if (!*more) return text;
    }
}

Outcome<> expect_text(std::string_view text, std::string_view name) {
    const char* const end = text.data() + text.size();
    for (const char* at = text.data(); at != end;) {
        const auto length = *at == '\0' ? 0 : json::utf8_length(at, end);
        if (length == 0) {
            return failed(Exit::usage,
                          cat(name, " is not UTF-8 text (byte ", at - text.data(), ")"));
        }
        at += length;
    }
    return {};
}

}  // namespace ogem::cli
