#include "base/text.h"
#include "files.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <vector>

extern char** environ;  // NOLINT: posix_spawn wants it

namespace ogem::daemon {

namespace {

using SteadyClock = std::chrono::steady_clock;

std::vector<std::string> words_of(const std::string& command) {
    std::vector<std::string> words;
    for (const auto word : split(command, ' '))
        if (!trim(word).empty()) words.emplace_back(trim(word));
    return words;
}

// A running program and the pipe from its stdout. Destroying it kills and reaps it.
class Child {
public:
    Child() = default;
    ~Child() {
        if (out_ >= 0) close(out_);
        if (pid_ <= 0) return;
        kill(-pid_, SIGKILL);
        wait();
    }
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    // 0, or the error of the system.
    int start(std::vector<std::string>& words);
    int out() const { return out_; }

    // The status of waitpid.
    int wait() {
        int status = 0;
        while (waitpid(pid_, &status, 0) < 0 && errno == EINTR) continue;
        pid_ = 0;
        return status;
    }

private:
    pid_t pid_ = 0;
    int out_ = -1;
};

int Child::start(std::vector<std::string>& words) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) return errno;
    out_ = ends[0];
    std::vector<char*> arguments;
    for (auto& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, ends[1], STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawnattr_t attributes;
    posix_spawnattr_init(&attributes);
    // A group of its own, so that a timeout ends what the program started too.
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
    const int error =
        posix_spawnp(&pid_, arguments[0], &actions, &attributes, arguments.data(), environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    close(ends[1]);
    if (error != 0) pid_ = 0;
    return error;
}

// Waits until there is something to read; false once `deadline` has passed.
bool readable(int fd, SteadyClock::time_point deadline) {
    while (true) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(deadline - SteadyClock::now());
        if (left.count() <= 0) return false;
        pollfd waiting{fd, POLLIN, 0};
        const int ready = poll(&waiting, 1, static_cast<int>(left.count()));
        if (ready > 0) return true;
        if (ready < 0 && errno != EINTR) return false;
    }
}

// Reads to the end of `fd`; the failure names `program`.
Result<std::string> output_of(int fd, const std::string& program,
                              std::chrono::milliseconds patience) {
    const auto deadline = SteadyClock::now() + patience;
    std::string text;
    char piece[4096];
    while (true) {
        if (!readable(fd, deadline))
            return fail(Kind::timeout, cat("api_key_cmd ", program, " took longer than ",
                                           patience.count(), " ms"));
        const auto got = read(fd, piece, sizeof piece);
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) return text;
        text.append(piece, static_cast<std::size_t>(got));
        if (text.size() > kLongestKeyFile)
            return fail(Kind::too_large, cat("api_key_cmd ", program, " printed more than 64 KiB"));
    }
}

}  // namespace

Result<std::string> run_command(const std::string& command, std::chrono::milliseconds patience) {
    auto words = words_of(command);
    if (words.empty()) return fail(Kind::invalid, "api_key_cmd names no program");
    const auto program = words.front();
    Child child;
    if (const int error = child.start(words); error != 0)
        return fail(Kind::io,
                    cat("api_key_cmd ", program, " cannot be run: ", std::strerror(error)));
    auto text = output_of(child.out(), program, patience);
    if (!text) return text;
    const int status = child.wait();
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return text;
    return fail(Kind::io,
                WIFEXITED(status)
                    ? cat("api_key_cmd ", program, " failed with exit code ", WEXITSTATUS(status))
                    : cat("api_key_cmd ", program, " was ended by signal ", WTERMSIG(status)));
}

}  // namespace ogem::daemon
