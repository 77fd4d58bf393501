#include "net/tls_sessions.h"

#include <doctest/doctest.h>
#include <openssl/ssl.h>

using namespace ogem;
using net::TlsSessions;

namespace {

TlsSessions::Session session(int version) {
    TlsSessions::Session made(SSL_SESSION_new());
    SSL_SESSION_set_protocol_version(made.get(), version);
    return made;
}

}  // namespace

TEST_CASE("a TLS 1.3 session is given out once, the newest first, one of TLS 1.2 again and again") {
    TlsSessions sessions;
    auto older = session(TLS1_3_VERSION), newer = session(TLS1_3_VERSION);
    const auto *first = older.get(), *second = newer.get();
    sessions.keep("a:443", std::move(older));
    sessions.keep("a:443", std::move(newer));
    CHECK(sessions.take("a:443").get() == second);
    CHECK(sessions.take("a:443").get() == first);
    CHECK_FALSE(sessions.take("a:443"));
    sessions.keep("a:443", session(TLS1_2_VERSION));
    CHECK(sessions.take("a:443"));
    CHECK(sessions.take("a:443"));
    CHECK_FALSE(sessions.take("b:443"));
}

TEST_CASE("kept sessions are bounded per peer and in peers") {
    TlsSessions sessions;
    for (std::size_t i = 0; i < TlsSessions::kPerPeer + 5; ++i)
        sessions.keep("a:443", session(TLS1_3_VERSION));
    std::size_t kept = 0;
    while (sessions.take("a:443")) ++kept;
    CHECK(kept == TlsSessions::kPerPeer);

    const auto peer = [](std::size_t i) { return std::to_string(i) + ":443"; };
    const auto many = TlsSessions::kMostPeers + 10;
    for (std::size_t i = 0; i < many; ++i) sessions.keep(peer(i), session(TLS1_3_VERSION));
    CHECK(sessions.take(peer(many - 1)));
    std::size_t peers = 1;
    for (std::size_t i = 0; i + 1 < many; ++i) peers += sessions.take(peer(i)) ? 1 : 0;
    CHECK(peers <= TlsSessions::kMostPeers);
}
