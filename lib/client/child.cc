#include "client/child.h"

#include "base/text.h"

#include <fcntl.h>
#include <limits.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <fstream>
#include <system_error>
#include <thread>
#include <utility>

namespace ogem::client {

namespace {

constexpr std::streamoff kMaxRelayed = 4096;  // bytes of a failed start that are passed on
constexpr std::size_t kMaxOutput = 16u << 20;
constexpr int kExitConfiguration = 5;  // contract section 8

std::unexpected<Error> failed_call(std::string_view what) {
    return fail(Kind::io, cat(what, ": ", std::generic_category().message(errno)));
}

bool is_program(const std::string& path) {
    struct stat info {};
    return ::stat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode) &&
           ::access(path.c_str(), X_OK) == 0;
}

std::string own_directory() {
    std::array<char, PATH_MAX> path;
    const auto size = ::readlink("/proc/self/exe", path.data(), path.size());
    if (size <= 0) return {};
    const std::string_view text(path.data(), static_cast<std::size_t>(size));
    return std::string(text.substr(0, text.rfind('/')));
}

struct Pipe {
    Fd read_end, write_end;
};

Result<Pipe> make_pipe() {
    int fds[2];
    if (::pipe2(fds, O_CLOEXEC) != 0) return failed_call("cannot make a pipe");
    return Pipe{Fd(fds[0]), Fd(fds[1])};
}

// In the child, between fork and exec: only calls that are safe there, and no return.
[[noreturn]] void become(char* const* argv, int log, int ready, int life) {
    ::setsid();
    ::signal(SIGPIPE, SIG_DFL);
    const int nothing = ::open("/dev/null", O_RDWR);
    ::dup2(nothing, STDIN_FILENO);
    ::dup2(log, STDOUT_FILENO);
    ::dup2(log, STDERR_FILENO);
    ::fcntl(ready, F_SETFD, 0);
    if (life >= 0) ::fcntl(life, F_SETFD, 0);
    ::execv(argv[0], argv);
    constexpr std::string_view kComplaint = "the program could not be run\n";
    [[maybe_unused]] const auto written = ::write(log, kComplaint.data(), kComplaint.size());
    ::_exit(127);
}

std::string text_after(const std::string& path, std::streamoff start) {
    std::ifstream file(path, std::ios::ate);
    const std::streamoff size = file.tellg();
    start = std::max(start, size - kMaxRelayed);
    if (!file || size <= start) return {};
    std::string text(static_cast<std::size_t>(size - start), '\0');
    file.seekg(start).read(text.data(), size - start);
    return std::string(trim(text));
}

std::unexpected<Error> failed_start(const Child& child, const Launch& launch, off_t log_start) {
    int status = 0;
    ::waitpid(child.pid, &status, 0);
    const bool bad_config = WIFEXITED(status) && WEXITSTATUS(status) == kExitConfiguration;
    auto said = text_after(launch.log, log_start);
    if (said.empty()) said = cat(launch.program, " ended without a word");
    const auto separator = said.contains('\n') ? ":\n" : ": ";
    return fail(bad_config ? Kind::invalid : Kind::io, cat("ogemd did not start", separator, said));
}

Result<std::string> read_to_end(int fd, const Patience& patience) {
    std::string text;
    char buffer[16u << 10];
    while (true) {
        if (auto ready = wait_for(fd, Event::readable, patience); !ready) return fail_as(ready);
        const auto got = ::read(fd, buffer, sizeof buffer);
        if (got == 0) return text;
        if (got < 0 && errno != EINTR) return failed_call("cannot hear ogemd");
        text.append(buffer, static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
        if (text.size() > kMaxOutput) return fail(Kind::too_large, "ogemd says more than 16 MiB");
    }
}

std::vector<char*> argv_of(const std::string& program, std::vector<std::string>& args) {
    args.insert(args.begin(), program);
    std::vector<char*> argv;
    argv.reserve(args.size() + 1);
    for (auto& arg : args) argv.push_back(arg.data());
    argv.push_back(nullptr);
    return argv;
}

}  // namespace

Result<std::string> find_ogemd() {
    const auto own = own_directory();
    std::vector<std::string> places{own + "/ogemd", own + "/../sbin/ogemd"};
    const char* path = std::getenv("PATH");  // NOLINT(concurrency-mt-unsafe)
    for (const auto directory : split(path != nullptr ? path : "", ':')) {
        if (directory.starts_with('/')) places.push_back(cat(directory, "/ogemd"));
    }
    const auto found = std::ranges::find_if(places, is_program);
    if (found != places.end()) return *found;
    return fail(Kind::not_found, cat("ogemd is neither in ", own, " nor on PATH; install it"));
}

Result<Child> launch(const Launch& launch, const Patience& patience) {
    auto ready = make_pipe();
    if (!ready) return fail_as(ready);
    auto life = make_pipe();
    if (!life) return fail_as(life);
    const Fd log(::open(launch.log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600));
    if (!log) return failed_call("cannot write " + launch.log);
    const auto log_start = ::lseek(log.get(), 0, SEEK_END);

    auto args = launch.args;
    args.insert(args.end(), {"--ready-fd", std::to_string(ready->write_end.get())});
    const int life_fd = launch.tied ? life->read_end.get() : -1;
    if (launch.tied) args.insert(args.end(), {"--exit-with-fd", std::to_string(life_fd)});
    const auto argv = argv_of(launch.program, args);

    Child child{::fork(), std::move(life->write_end)};
    if (child.pid < 0) return failed_call("cannot start ogemd");
    if (child.pid == 0) become(argv.data(), log.get(), ready->write_end.get(), life_fd);
    ready->write_end.close();
    if (auto waited = wait_for(ready->read_end.get(), Event::readable, patience); !waited) {
        stop(child, 0s);
        if (waited.error().kind != Kind::timeout) return fail_as(waited);
        return fail(Kind::timeout, "ogemd was not ready in time; " + launch.log + " may say why");
    }
    char byte = 0;
    if (::read(ready->read_end.get(), &byte, 1) != 1) return failed_start(child, launch, log_start);
    return child;
}

Result<Finished> run_to_end(const std::string& program, const std::vector<std::string>& args,
                            const Patience& patience) {
    auto out = make_pipe();
    if (!out) return fail_as(out);
    auto words = args;
    const auto argv = argv_of(program, words);
    Child child{::fork(), {}};
    if (child.pid < 0) return failed_call("cannot run ogemd");
    if (child.pid == 0) {
        ::signal(SIGPIPE, SIG_DFL);
        ::dup2(out->write_end.get(), STDOUT_FILENO);
        ::execv(argv[0], argv.data());
        ::_exit(127);
    }
    out->write_end.close();
    auto text = read_to_end(out->read_end.get(), patience);
    if (!text) {
        stop(child, 1s);
        return fail_as(text);
    }
    int status = 0;
    ::waitpid(child.pid, &status, 0);
    return Finished{WIFEXITED(status) ? WEXITSTATUS(status) : 1, std::move(*text)};
}

void stop(Child& child, Duration limit) {
    if (child.pid <= 0) return;
    ::kill(child.pid, limit > 0s ? SIGTERM : SIGKILL);
    child.life.close();
    const auto deadline = Clock::now() + limit;
    for (auto pause = 500us; ::waitpid(child.pid, nullptr, limit > 0s ? WNOHANG : 0) == 0;
         pause = std::min(pause * 2, 5000us)) {
        if (Clock::now() >= deadline) return stop(child, 0s);
        std::this_thread::sleep_for(pause);
    }
    child.pid = 0;
}

}  // namespace ogem::client
