// Any bytes: never more output than the limit, and what came out packs and unpacks to itself.
#include "net/gzip.h"

#include <cstdint>
#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    constexpr std::size_t kLimit = 64 * 1024;
    const auto plain = ogem::net::gunzip({reinterpret_cast<const char*>(data), size}, kLimit);
    if (!plain) return 0;
    if (plain->size() > kLimit) std::abort();
    if (ogem::net::gunzip(ogem::net::gzip(*plain), kLimit).value() != *plain) std::abort();
    return 0;
}
