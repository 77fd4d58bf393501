#include "net/tls.h"

#include "net/tls_peer.h"

#include <doctest/doctest.h>
#include <sys/socket.h>

#include <csignal>
#include <tuple>

using namespace ogem;
using net::TlsContext;
using net::TlsProgress;
using net::TlsStream;
using test::Identity;
using test::make_identity;
using test::PemFile;
using test::TlsPeer;

namespace {

// A root that the client trusts, and a context that trusts nothing else.
struct World {
    Identity root = make_identity({.names = "", .authority = true});
    PemFile roots{root};
    TlsContext context{{.file = roots.path(), .folder = ""}};

    Identity server(std::string names, long until = 3600, long from = -3600) const {
        return make_identity(
            {.names = std::move(names), .from = from, .until = until, .issuer = &root});
    }
    World() { std::signal(SIGPIPE, SIG_IGN); }
};

TlsProgress shake_hands(TlsStream& stream, TlsPeer& peer) {
    auto progress = TlsProgress::want_read;
    for (int i = 0; i < 20 && progress == TlsProgress::want_read; ++i) {
        progress = stream.handshake();
        peer.step();
    }
    return progress;
}

std::unique_ptr<TlsStream> open(TlsContext& context, TlsPeer& peer, const std::string& host) {
    auto stream = context.open(peer.client_fd(), host, 443);
    REQUIRE(stream);
    return std::move(*stream);
}

// Why `host` is refused, or "" if it is accepted.
std::string refusal(TlsContext& context, const Identity& identity, const std::string& host) {
    TlsPeer peer(identity);
    const auto stream = open(context, peer, host);
    const auto progress = shake_hands(*stream, peer);
    CHECK((progress == TlsProgress::done) == stream->failure().empty());
    return stream->failure();
}

TlsProgress read(TlsStream& stream, std::string& text) {
    char bytes[100];
    std::size_t count = 0;
    const auto progress = stream.read(bytes, sizeof bytes, count);
    if (progress == TlsProgress::done) text.assign(bytes, count);
    return progress;
}

bool contains(const std::string& text, std::string_view part) {
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("a provider that proves who it is gets a TLS 1.2+ connection with SNI and http/1.1") {
    World world;
    TlsPeer peer(world.server("DNS:api.example.com"));
    SSL_CTX_set_alpn_select_cb(
        SSL_get_SSL_CTX(peer.ssl()),
        [](SSL*, const unsigned char** out, unsigned char* size, const unsigned char* in, unsigned,
           void*) {
            *out = in + 1;
            *size = in[0];
            return SSL_TLSEXT_ERR_OK;
        },
        nullptr);
    const auto stream = open(world.context, peer, "api.example.com");
    REQUIRE(shake_hands(*stream, peer) == TlsProgress::done);
    CHECK(std::string(SSL_get_servername(peer.ssl(), TLSEXT_NAMETYPE_host_name)) ==
          "api.example.com");
    CHECK(SSL_version(peer.ssl()) >= TLS1_2_VERSION);
    const unsigned char* protocol = nullptr;
    unsigned size = 0;
    SSL_get0_alpn_selected(peer.ssl(), &protocol, &size);
    CHECK(std::string(reinterpret_cast<const char*>(protocol), size) == "http/1.1");
}

TEST_CASE("bytes go both ways, and a proper end is told from a cut one (promise 1)") {
    World world;
    TlsPeer peer(world.server("DNS:localhost"));
    const auto stream = open(world.context, peer, "localhost");
    REQUIRE(shake_hands(*stream, peer) == TlsProgress::done);
    std::size_t written = 0;
    CHECK(stream->write("GET /", 5, written) == TlsProgress::done);
    CHECK(written == 5);
    CHECK(peer.receive() == "GET /");
    std::string text;
    CHECK(read(*stream, text) == TlsProgress::want_read);
    peer.send("200 OK");
    CHECK(read(*stream, text) == TlsProgress::done);
    CHECK(text == "200 OK");

    SUBCASE("close_notify is a proper end") {
        peer.say_goodbye();
        CHECK(read(*stream, text) == TlsProgress::closed);
    }
    SUBCASE("a connection that just ends may have been cut") {
        peer.hang_up();
        CHECK(read(*stream, text) == TlsProgress::failed);
        CHECK(contains(stream->failure(), "without saying that it was done"));
    }
}

TEST_CASE("writing to a peer that does not read takes a part, then says when to go on") {
    World world;
    TlsPeer peer(world.server("DNS:localhost"));
    const auto stream = open(world.context, peer, "localhost");
    REQUIRE(shake_hands(*stream, peer) == TlsProgress::done);
    const std::string big(8u << 20, 'x');
    std::size_t total = 0;
    auto progress = TlsProgress::done;
    while (progress == TlsProgress::done) {
        std::size_t written = 0;
        progress = stream->write(big.data() + total, big.size() - total, written);
        if (progress == TlsProgress::done) total += written;
    }
    CHECK(progress == TlsProgress::want_write);
    CHECK(total > 0);
    peer.receive();
    const std::string moved = big.substr(total);
    std::size_t written = 0;
    CHECK_MESSAGE(stream->write(moved.data(), moved.size(), written) == TlsProgress::done,
                  "the same bytes may come from another address");
}

TEST_CASE("an expired, a future, a foreign and a self-signed certificate are refused (A, 9.22)") {
    World world;
    CHECK(contains(refusal(world.context, world.server("DNS:localhost", -60), "localhost"),
                   "certificate has expired"));
    CHECK(contains(refusal(world.context, world.server("DNS:localhost", 7200, 3600), "localhost"),
                   "not yet valid"));
    CHECK(contains(refusal(world.context, make_identity({.names = "DNS:localhost"}), "localhost"),
                   "self-signed certificate"));
    const auto other_root = make_identity({.names = "", .authority = true});
    const auto foreign = make_identity({.names = "DNS:localhost", .issuer = &other_root});
    CHECK_FALSE(refusal(world.context, foreign, "localhost").empty());
}

TEST_CASE("a certificate for another host is refused (9.22)") {
    World world;
    const auto named = world.server("DNS:api.example.com,DNS:*.wild.example");
    CHECK(refusal(world.context, named, "api.example.com").empty());
    CHECK(refusal(world.context, named, "API.example.com.").empty());
    CHECK(refusal(world.context, named, "a.wild.example").empty());
    for (const auto* host : {"evil.example", "example.com", "a.b.wild.example", "wild.example"})
        CHECK_MESSAGE(contains(refusal(world.context, named, host), "hostname mismatch"), host);
}

TEST_CASE("an address is accepted only where the certificate lists it as an address") {
    World world;
    const auto addressed = world.server("IP:127.0.0.1,IP:::1");
    CHECK(refusal(world.context, addressed, "127.0.0.1").empty());
    CHECK(refusal(world.context, addressed, "::1").empty());
    CHECK(contains(refusal(world.context, addressed, "127.0.0.2"), "IP address mismatch"));
    CHECK(contains(refusal(world.context, world.server("DNS:127.0.0.1"), "127.0.0.1"),
                   "IP address mismatch"));
}

TEST_CASE("later connections to a host and port resume, those to others do not") {
    World world;
    const auto identity = world.server("DNS:localhost,DNS:other");
    int newest = TLS1_3_VERSION;
    SUBCASE("TLS 1.3") {}
    SUBCASE("TLS 1.2") {
        newest = TLS1_2_VERSION;
    }
    TlsPeer first(identity);
    SSL_CTX_set_max_proto_version(SSL_get_SSL_CTX(first.ssl()), newest);
    SSL_set_max_proto_version(first.ssl(), newest);
    const auto resumed = [&](TlsPeer& peer, const std::string& host, unsigned short port) {
        auto stream = world.context.open(peer.client_fd(), host, port);
        REQUIRE(stream);
        REQUIRE(shake_hands(**stream, peer) == TlsProgress::done);
        std::string text;
        peer.send("tickets come before the first bytes");
        CHECK(read(**stream, text) == TlsProgress::done);
        return (*stream)->resumed();
    };
    CHECK_FALSE(resumed(first, "localhost", 443));
    for (const auto& [host, port, expected] : {std::tuple("localhost", 8443, false),
                                               {"other", 443, false},
                                               {"localhost", 443, true},
                                               {"localhost", 443, true},
                                               {"localhost", 443, true}}) {
        TlsPeer again(first, 0);
        CHECK(resumed(again, host, static_cast<unsigned short>(port)) == expected);
    }
}

TEST_CASE("a server older than TLS 1.2 is refused") {
    World world;
    TlsPeer peer(world.server("DNS:localhost"));
    SSL_set_min_proto_version(peer.ssl(), TLS1_VERSION);
    SSL_set_max_proto_version(peer.ssl(), TLS1_1_VERSION);
    SSL_set_security_level(peer.ssl(), 0);
    const auto stream = open(world.context, peer, "localhost");
    CHECK(shake_hands(*stream, peer) == TlsProgress::failed);
}

TEST_CASE("a server that speaks plain HTTP is told apart") {
    World world;
    TlsPeer peer(world.server("DNS:localhost"));
    const auto stream = open(world.context, peer, "localhost");
    CHECK(stream->handshake() == TlsProgress::want_read);
    constexpr char kPlain[] = "HTTP/1.1 400 Bad Request\r\n\r\n";
    REQUIRE(::send(SSL_get_fd(peer.ssl()), kPlain, sizeof kPlain, 0) > 0);
    CHECK(stream->handshake() == TlsProgress::failed);
    CHECK(contains(stream->failure(), "does not speak TLS"));
}

TEST_CASE("a connection that breaks in the handshake fails with a reason") {
    World world;
    TlsPeer peer(world.server("DNS:localhost"));
    const auto stream = open(world.context, peer, "localhost");
    CHECK(stream->handshake() == TlsProgress::want_read);
    peer.hang_up();
    CHECK(stream->handshake() == TlsProgress::failed);
    CHECK_FALSE(stream->failure().empty());
}

TEST_CASE("certificates that cannot be read are an error that names the file") {
    TlsContext context({.file = "/nonexistent/roots.pem", .folder = ""});
    const auto stream = context.open(0, "localhost", 443);
    REQUIRE_FALSE(stream);
    CHECK(stream.error().kind == Kind::tls);
    CHECK(contains(stream.error().message, "/nonexistent/roots.pem"));
}
