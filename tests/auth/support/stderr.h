// What is written to stderr meanwhile, which is where the log goes, at its most talkative.
#pragma once

#include "base/log.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <string>

namespace ogem::test {

class Stderr {
public:
    Stderr() : saved_(dup(STDERR_FILENO)), file_(memfd_create("stderr", MFD_CLOEXEC)) {
        log::configure(log::Level::debug, log::Format::text);
        dup2(file_, STDERR_FILENO);
    }
    ~Stderr() {
        dup2(saved_, STDERR_FILENO);
        close(saved_);
        close(file_);
    }
    Stderr(const Stderr&) = delete;

    std::string text() const {
        log::flush();
        std::string out(1 << 16, '\0');
        const auto size = pread(file_, out.data(), out.size(), 0);
        out.resize(size > 0 ? static_cast<std::size_t>(size) : 0);
        return out;
    }

private:
    int saved_, file_;
};

}  // namespace ogem::test
