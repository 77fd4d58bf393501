#include "net/tls_sessions.h"

#include <openssl/ssl.h>

#include <utility>

namespace ogem::net {

void TlsSessions::Free::operator()(ssl_session_st* session) const {
    SSL_SESSION_free(session);
}

void TlsSessions::keep(const std::string& peer, Session session) {
    if (by_peer_.size() >= kMostPeers && !by_peer_.contains(peer)) by_peer_.erase(by_peer_.begin());
    auto& sessions = by_peer_[peer];
    if (sessions.size() >= kPerPeer) sessions.erase(sessions.begin());
    sessions.push_back(std::move(session));
}

TlsSessions::Session TlsSessions::take(const std::string& peer) {
    const auto it = by_peer_.find(peer);
    if (it == by_peer_.end() || it->second.empty()) return nullptr;
    auto& newest = it->second.back();
    if (SSL_SESSION_get_protocol_version(newest.get()) < TLS1_3_VERSION) {
        SSL_SESSION_up_ref(newest.get());
        return Session(newest.get());
    }
    auto session = std::move(newest);
    it->second.pop_back();
    return session;
}

}  // namespace ogem::net
