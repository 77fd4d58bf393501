#include "net/fetch.h"

#include "base/text.h"
#include "net/curl_library.h"
#include "wire/url.h"

#include <curl/curl.h>

#include <algorithm>
#include <memory>
#include <string_view>

namespace ogem::net {

namespace {

constexpr int kMostRedirects = 5;

// What people may see of a URL: a query can hold a signature or a key.
std::string shown(std::string_view url) {
    const auto query = url.find('?');
    return query == std::string_view::npos ? std::string(url) : cat(url.substr(0, query), "?...");
}

bool same_origin(const wire::Url& a, const wire::Url& b) {
    return a.tls == b.tls && a.host == b.host && a.port == b.port;
}

struct Sink {
    std::string body;
    std::size_t max_size;
    bool overflowed = false;
};

std::size_t take_bytes(const char* bytes, std::size_t, std::size_t count, void* user) {
    auto& sink = *static_cast<Sink*>(user);
    if (count > sink.max_size - sink.body.size()) {
        sink.overflowed = true;
        return 0;
    }
    sink.body.append(bytes, count);
    return count;
}

// One hop: a GET without following redirects.
class Get {
public:
    explicit Get(const CurlLibrary& curl)
        : curl_(curl), easy_(curl.easy_init(), curl.easy_cleanup) {}

    Result<void> run(const FetchRequest& request, const wire::Url& parsed, const std::string& url,
                     bool with_token, Duration left) {
        if (!easy_) return fail(Kind::internal, "libcurl is out of memory");
        set_up(request, url, left);
        set(CURLOPT_PROXY, request.proxies.for_url(parsed).c_str());
        set(CURLOPT_NOPROXY, "");
        if (with_token) {
            set(CURLOPT_HTTPAUTH, static_cast<long>(CURLAUTH_BEARER));
            set(CURLOPT_XOAUTH2_BEARER, request.token.reveal().c_str());
        }
        const int code = curl_.easy_perform(easy_.get());
        if (code == CURLE_OK) return {};
        return failure(code, request, url);
    }

    long status() const {
        long status = 0;
        curl_.easy_getinfo(easy_.get(), CURLINFO_RESPONSE_CODE, &status);
        return status;
    }

    // Where a redirect leads, made absolute; "" if this is none.
    std::string target() const {
        const char* url = nullptr;
        curl_.easy_getinfo(easy_.get(), CURLINFO_REDIRECT_URL, &url);
        return url ? url : "";
    }

    std::string take_body() { return std::move(sink_.body); }

private:
    template <class Value>
    void set(CURLoption option, Value value) {
        curl_.easy_setopt(easy_.get(), option, value);
    }

    void set_up(const FetchRequest& request, const std::string& url, Duration left) {
        using std::chrono::milliseconds;
        const auto ms = std::chrono::ceil<milliseconds>(left).count();
        sink_.max_size = request.max_size;
        set(CURLOPT_URL, url.c_str());
        set(CURLOPT_PROTOCOLS_STR, "http,https");
        set(CURLOPT_NOSIGNAL, 1L);
        set(CURLOPT_TIMEOUT_MS, static_cast<long>(ms));
        set(CURLOPT_ERRORBUFFER, reason_);
        set(CURLOPT_USERAGENT, "ogem/" OGEM_VERSION);
        set(CURLOPT_WRITEFUNCTION, take_bytes);
        set(CURLOPT_WRITEDATA, &sink_);
        set_trust(request.trust);
    }

    // What is named is trusted and nothing else, as in the pool.
    void set_trust(const Trust& trust) {
        if (trust.file.empty() && trust.folder.empty()) return;
        set(CURLOPT_CAINFO, trust.file.empty() ? nullptr : trust.file.c_str());
        set(CURLOPT_CAPATH, trust.folder.empty() ? nullptr : trust.folder.c_str());
    }

    std::unexpected<Error> failure(int code, const FetchRequest& request,
                                   const std::string& url) const {
        const std::string_view reason = *reason_ ? reason_ : curl_.easy_strerror(code);
        const auto name = shown(url);
        if (sink_.overflowed) {
            return fail(Kind::too_large, cat(name, " is larger than ", request.max_size, " bytes"));
        }
        if (code == CURLE_OPERATION_TIMEDOUT)
            return fail(Kind::timeout, cat(name, " did not answer within ",
                                           milliseconds_of(request.timeout) / 1000, " s"));
        if (code == CURLE_PEER_FAILED_VERIFICATION || code == CURLE_SSL_CONNECT_ERROR ||
            code == CURLE_SSL_CACERT_BADFILE)
            return fail(Kind::tls, cat(name, " could not prove who it is: ", reason));
        return fail(Kind::connection, cat("cannot fetch ", name, ": ", reason));
    }

    const CurlLibrary& curl_;
    std::unique_ptr<void, void (*)(void*)> easy_;
    Sink sink_;
    char reason_[CURL_ERROR_SIZE] = {};
};

std::unexpected<Error> unwanted_status(const std::string& url, long status, bool with_token) {
    const bool refused = status == 401 || status == 403;
    const auto* advice = !refused     ? ""
                         : with_token ? "; check CONFIG_TOKEN"
                                      : "; it may need a token (CONFIG_TOKEN)";
    Error error{.kind = Kind::upstream,
                .message = cat(shown(url), " answered HTTP ", status, " instead of 200", advice),
                .upstream_status = static_cast<int>(status)};
    return fail(std::move(error));
}

}  // namespace

Result<std::string> fetch_text(const FetchRequest& request) {
    const auto deadline = Clock::now() + request.timeout;
    const auto origin = wire::parse_url(request.url);
    if (!origin) return std::unexpected(origin.error());
    const auto curl = curl_library();
    if (!curl) return std::unexpected(curl.error());
    std::string url = request.url;
    wire::Url at = *origin;
    bool with_token = !request.token.empty();
    for (int hop = 0; hop <= kMostRedirects; ++hop) {
        Get get(**curl);
        const auto left = std::max<Duration>(deadline - Clock::now(), 1ms);
        if (auto got = get.run(request, at, url, with_token, left); !got) return fail_as(got);
        if (get.status() == 200) return get.take_body();
        const auto target = get.target();
        if (target.empty()) return unwanted_status(url, get.status(), with_token);
        const auto next = wire::parse_url(target);
        if (!next)
            return fail(
                Kind::invalid,
                cat(shown(url), " redirects to where Ogem does not go: ", next.error().message));
        with_token = with_token && same_origin(*origin, *next);
        url = target;
        at = *next;
    }
    return fail(Kind::upstream, cat(shown(request.url), " redirects more than 5 times"));
}

}  // namespace ogem::net
