// bench_load: the load generator of run.py.
//   bench_load rate    PORT BODY RATE SECONDS CONNECTIONS
//   bench_load streams PORT BODY CONNECTIONS
#include "modes.h"

#include <sys/resource.h>

#include <charconv>
#include <cstdio>
#include <cstring>
#include <string_view>

namespace {

int number(const char* text) {
    int value = 0;
    std::from_chars(text, text + std::strlen(text), value);
    return value;
}

int usage() {
    std::fputs(
        "usage: bench_load rate PORT BODY RATE SECONDS CONNECTIONS\n"
        "       bench_load streams PORT BODY CONNECTIONS\n",
        stderr);
    return 2;
}

// Many streams need many descriptors.
void raise_limit() {
    rlimit files{};
    getrlimit(RLIMIT_NOFILE, &files);
    files.rlim_cur = files.rlim_max;
    setrlimit(RLIMIT_NOFILE, &files);
}

}  // namespace

int main(int argc, char** argv) {
    const std::string_view mode = argc > 1 ? argv[1] : "";
    raise_limit();
    if (mode == "rate" && argc == 7) {
        return ogem::bench::run_rate(
            {number(argv[2]), number(argv[4]), number(argv[5]), number(argv[6]), argv[3]});
    }
    if (mode == "streams" && argc == 5)
        return ogem::bench::run_streams({number(argv[2]), 0, 0, number(argv[4]), argv[3]});
    return usage();
}
