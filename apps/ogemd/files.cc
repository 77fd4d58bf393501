#include "files.h"

#include "base/text.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace ogem::daemon {

namespace {

class File {
public:
    explicit File(const std::string& path)
        : fd_(path == "-" ? dup(STDIN_FILENO)
                          : open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOCTTY | O_NONBLOCK)) {}
    ~File() {
        if (fd_ >= 0) close(fd_);
    }
    File(const File&) = delete;
    File& operator=(const File&) = delete;

    int fd() const { return fd_; }

private:
    int fd_;
};

std::unexpected<Error> cannot_read(const std::string& path, int error) {
    return fail(error == ENOENT ? Kind::not_found : Kind::io,
                cat(path, " cannot be read: ", std::strerror(error)));
}

bool is_ours(const struct stat& info) {
    return info.st_uid == geteuid() || info.st_uid == 0;
}

std::optional<std::string> why_untrusted(const struct stat& info) {
    if (!is_ours(info)) return cat("it belongs to another user (uid ", info.st_uid, ')');
    if ((info.st_mode & (S_IWGRP | S_IWOTH)) != 0)
        return "others may write it; after chmod go-w it would be used";
    return std::nullopt;
}

// A link of someone else's chooses the file as much as its contents would.
std::optional<std::string> why_link_untrusted(const std::string& path) {
    struct stat info {};
    if (lstat(path.c_str(), &info) != 0) return std::strerror(errno);
    if (S_ISLNK(info.st_mode) && !is_ours(info))
        return cat("it is a link of another user (uid ", info.st_uid, ')');
    return std::nullopt;
}

}  // namespace

Result<std::string> read_file(const std::string& path, std::size_t limit, Trust trust) {
    const File file(path);
    struct stat info {};
    if (file.fd() < 0 || fstat(file.fd(), &info) != 0) return cannot_read(path, errno);
    if (S_ISDIR(info.st_mode)) return cannot_read(path, EISDIR);
    if (trust == Trust::owner) {
        auto why = why_link_untrusted(path);
        if (!why) why = why_untrusted(info);  // of the file that is open, not of its name
        if (why) return fail(Kind::forbidden, *why);
    }
    std::string text;
    char piece[16384];
    while (true) {
        const auto got = read(file.fd(), piece, sizeof piece);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0) return cannot_read(path, errno);
        if (got == 0) return text;
        text.append(piece, static_cast<std::size_t>(got));
        if (text.size() > limit)
            return fail(Kind::too_large, cat(path, " is longer than ", limit, " bytes"));
    }
}

std::optional<std::string> why_untrusted(const std::string& path) {
    if (auto why = why_link_untrusted(path)) return why;
    struct stat info {};
    if (stat(path.c_str(), &info) != 0) return std::strerror(errno);
    return why_untrusted(info);
}

bool exists(const std::string& path) {
    return access(path.c_str(), F_OK) == 0;
}

}  // namespace ogem::daemon
