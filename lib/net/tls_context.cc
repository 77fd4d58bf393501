#include "base/text.h"
#include "net/tls.h"
#include "net/tls_sessions.h"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <utility>

namespace ogem::net {

namespace {

bool load_roots(SSL_CTX* context, const Trust& trust) {
    if (trust.file.empty() && trust.folder.empty())
        return SSL_CTX_set_default_verify_paths(context) == 1;
    const auto path = [](const std::string& text) { return text.empty() ? nullptr : text.c_str(); };
    return SSL_CTX_load_verify_locations(context, path(trust.file), path(trust.folder)) == 1;
}

void set_rules(SSL_CTX* context) {
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_options(context, SSL_OP_NO_RENEGOTIATION);
    // An idle connection keeps no record buffers; a write may take a part and be repeated from
    // another address.
    SSL_CTX_set_mode(context, SSL_MODE_RELEASE_BUFFERS | SSL_MODE_ENABLE_PARTIAL_WRITE |
                                  SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
    constexpr unsigned char kHttp1[] = "\x08http/1.1";
    SSL_CTX_set_alpn_protos(context, kHttp1, sizeof kHttp1 - 1);
    // A trusted intermediate or server certificate is trusted in itself, as with curl.
    X509_VERIFY_PARAM_set_flags(SSL_CTX_get0_param(context), X509_V_FLAG_PARTIAL_CHAIN);
}

// The certificate must be for `host`; a name is also told to the server, which may have many.
bool set_peer(SSL* ssl, std::string host) {
    auto* rules = SSL_get0_param(ssl);
    if (X509_VERIFY_PARAM_set1_ip_asc(rules, host.c_str()) == 1) return true;
    if (host.ends_with('.')) host.pop_back();
    if (host.empty()) return false;
    X509_VERIFY_PARAM_set_hostflags(rules, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    return SSL_set1_host(ssl, host.c_str()) == 1 &&
           SSL_set_tlsext_host_name(ssl, host.c_str()) == 1;
}

std::string openssl_reason() {
    const auto* reason = ERR_reason_error_string(ERR_peek_last_error());
    std::string text = reason ? reason : "no reason given";
    ERR_clear_error();
    return text;
}

}  // namespace

TlsContext::TlsContext(Trust trust)
    : trust_(std::move(trust)), sessions_(std::make_shared<TlsSessions>()) {}

TlsContext::~TlsContext() {
    SSL_CTX_free(context_);
}

Result<void> TlsContext::load() {
    ERR_clear_error();
    SSL_CTX* context = SSL_CTX_new(TLS_client_method());
    if (!context) return fail(Kind::internal, cat("TLS cannot start: ", openssl_reason()));
    if (!load_roots(context, trust_)) {
        SSL_CTX_free(context);
        return fail(Kind::tls, cat("the trusted certificates in \"", trust_.file,
                                   trust_.file.empty() ? "" : "\" \"", trust_.folder,
                                   "\" cannot be read: ", openssl_reason(),
                                   "; check SSL_CERT_FILE and SSL_CERT_DIR"));
    }
    set_rules(context);
    SSL_CTX_set_session_cache_mode(context,
                                   SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL_STORE);
    SSL_CTX_sess_set_new_cb(context, TlsStream::keep_session);
    context_ = context;
    return {};
}

Result<std::unique_ptr<TlsStream>> TlsContext::open(int fd, const std::string& host,
                                                    unsigned short port) {
    if (!context_) {
        if (auto loaded = load(); !loaded) return fail_as(loaded);
    }
    ERR_clear_error();
    SSL* ssl = SSL_new(context_);
    if (!ssl) return fail(Kind::internal, cat("TLS cannot start: ", openssl_reason()));
    auto peer = cat(host, ':', port);
    const auto session = sessions_->take(peer);
    std::unique_ptr<TlsStream> stream(new TlsStream(ssl, std::move(peer), sessions_));
    if (!set_peer(ssl, host) || SSL_set_fd(ssl, fd) != 1)
        return fail(Kind::tls, cat("TLS cannot start: ", openssl_reason()));
    if (session) SSL_set_session(ssl, session.get());
    SSL_set_connect_state(ssl);
    return stream;
}

}  // namespace ogem::net
