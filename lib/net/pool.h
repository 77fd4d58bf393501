// Kept-alive connections to providers, one pool per worker. Connections are shared only between
// requests to the same host with the same credential class. An idle one is watched: it is dropped
// when the provider closes it or says something unasked, and not used again after its keep-alive
// time (contract section 9.4).
//
// A security boundary: TLS is verified for the host asked for, and one credential's connection
// never serves another.
#pragma once

#include "net/http1.h"
#include "net/link.h"
#include "net/sender.h"

#include <cstddef>
#include <memory>
#include <string>
#include <unordered_map>

namespace ogem::net {

class Resolver;
class TlsContext;

class Pool : public Sender {
public:
    struct Limits {
        std::size_t max_header = 64 * 1024;   // of an answer, bytes
        std::uint64_t max_body = 1ull << 30;  // of an answer, bytes
        std::size_t max_connections = 8192;   // per host and credential class, idle ones included
    };

    Pool(Loop& loop, Resolver& resolver, TlsContext& tls, Limits limits);
    ~Pool() override;  // REQUIRES: no Transfer is left

    std::unique_ptr<Transfer> send(UpstreamRequest request, Deadlines deadlines) override;

    std::size_t idle_connections() const;

private:
    friend class PoolTransfer;
    struct Connection;
    struct Host;

    Host& host_of(const UpstreamRequest& request);

    Loop& loop_;
    Resolver& resolver_;
    TlsContext& tls_;
    const Limits limits_;
    std::unordered_map<std::string, std::unique_ptr<Host>> hosts_;
};

}  // namespace ogem::net
