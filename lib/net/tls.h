// TLS to providers. Not there yet: https providers are refused with a sentence.
#pragma once

#include "base/result.h"

#include <memory>
#include <string>

namespace ogem::net {

enum class TlsProgress : unsigned char { done, want_read, want_write, closed, failed };

class TlsStream {
public:
    TlsProgress handshake() { return TlsProgress::failed; }
    TlsProgress read(char*, std::size_t, std::size_t&) { return TlsProgress::failed; }
    TlsProgress write(const char*, std::size_t, std::size_t&) { return TlsProgress::failed; }
    std::string failure() const { return "https is not spoken"; }
};

class TlsContext {
public:
    Result<std::unique_ptr<TlsStream>> open(int, const std::string&, unsigned short) {
        return fail(Kind::tls, "https is not spoken");
    }
};

}  // namespace ogem::net
