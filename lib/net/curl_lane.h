// The Sender for providers behind an HTTP proxy (HTTPS_PROXY, NO_PROXY): libcurl tunnels through
// it, on threads beside the worker. Whatever no proxy is set for goes to the direct Sender, so the
// gateway has one Sender and does not know.
//
// Slower than the pool (two hops between threads per piece), and used only where a proxy is.
#pragma once

#include "net/loop.h"
#include "net/proxy.h"
#include "net/sender.h"
#include "net/trust.h"

#include <memory>
#include <string>
#include <unordered_map>

namespace ogem::net {

class CurlThread;

class CurlLane : public Sender {
public:
    // `direct` and `loop` must outlive the lane.
    CurlLane(Loop& loop, Sender& direct, Proxies proxies, Trust trust);
    ~CurlLane() override;  // REQUIRES: no Transfer is left

    // Without libcurl the Transfer's head() fails with kind io and says what to install. Messages
    // name the proxy's host, never its password.
    std::unique_ptr<Transfer> send(UpstreamRequest request, Deadlines deadlines) override;

private:
    Loop& loop_;
    Sender& direct_;
    const Proxies proxies_;
    const Trust trust_;
    // One per credential class, because libcurl shares connections among all of a thread's jobs.
    std::unordered_map<std::string, std::unique_ptr<CurlThread>> threads_;
};

}  // namespace ogem::net
