// TLS sessions that providers gave us, so that the next connection to them costs half a handshake.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

struct ssl_session_st;

namespace ogem::net {

// Sessions per peer ("host:port"), newest first used. Belongs to one worker. A session is only
// worth anything to the context that verified its certificate: one TlsSessions per TlsContext.
class TlsSessions {
public:
    struct Free {
        void operator()(ssl_session_st* session) const;
    };
    using Session = std::unique_ptr<ssl_session_st, Free>;

    static constexpr std::size_t kMostPeers = 256;  // beyond, any one is forgotten
    static constexpr std::size_t kPerPeer = 8;      // as many connections can open at once

    void keep(const std::string& peer, Session session);

    // A session to try, or null. One of TLS 1.3 is given out once (RFC 8446 appendix C.4).
    Session take(const std::string& peer);

private:
    std::unordered_map<std::string, std::vector<Session>> by_peer_;  // oldest first
};

}  // namespace ogem::net
