#include "net/curl_library.h"

#include "base/text.h"

#include <curl/curl.h>
#include <dlfcn.h>

#include <type_traits>

namespace ogem::net {

namespace {

static_assert(std::is_same_v<CURL, void> && std::is_same_v<CURLM, void>);
static_assert(sizeof(CURLcode) == sizeof(int) && sizeof(CURLMcode) == sizeof(int) &&
              sizeof(CURLoption) == sizeof(int) && sizeof(CURLINFO) == sizeof(int));

#if defined(__APPLE__)
constexpr const char* kFile = "libcurl.4.dylib";
#else
constexpr const char* kFile = "libcurl.so.4";
#endif

std::unexpected<Error> unusable(std::string_view why) {
    return fail(Kind::io, cat("cannot use ", kFile, ": ", why,
                              "; install libcurl 7.85 or newer (Debian and Ubuntu: libcurl4)"));
}

// Looks symbols up; remembers the first that is missing.
class Symbols {
public:
    explicit Symbols(void* file) : file_(file) {}

    template <class Function>
    void find(const char* name, Function& function) {
        void* symbol = dlsym(file_, name);
        if (!symbol && !missing_) missing_ = name;
        function = reinterpret_cast<Function>(symbol);
    }
    const char* missing() const { return missing_; }

private:
    void* file_;
    const char* missing_ = nullptr;
};

void find_all(Symbols& in, CurlLibrary& curl) {
    in.find("curl_easy_init", curl.easy_init);
    in.find("curl_easy_setopt", curl.easy_setopt);
    in.find("curl_easy_perform", curl.easy_perform);
    in.find("curl_easy_getinfo", curl.easy_getinfo);
    in.find("curl_easy_pause", curl.easy_pause);
    in.find("curl_easy_cleanup", curl.easy_cleanup);
    in.find("curl_easy_strerror", curl.easy_strerror);
    in.find("curl_slist_append", curl.slist_append);
    in.find("curl_slist_free_all", curl.slist_free_all);
    in.find("curl_multi_init", curl.multi_init);
    in.find("curl_multi_setopt", curl.multi_setopt);
    in.find("curl_multi_add_handle", curl.multi_add_handle);
    in.find("curl_multi_remove_handle", curl.multi_remove_handle);
    in.find("curl_multi_perform", curl.multi_perform);
    in.find("curl_multi_poll", curl.multi_poll);
    in.find("curl_multi_wakeup", curl.multi_wakeup);
    in.find("curl_multi_info_read", curl.multi_info_read);
    in.find("curl_multi_cleanup", curl.multi_cleanup);
}

Result<CurlLibrary> load() {
    void* file = dlopen(kFile, RTLD_NOW | RTLD_LOCAL);
    if (!file) return unusable(dlerror());
    Symbols symbols(file);
    CurlLibrary curl{};
    find_all(symbols, curl);
    decltype(&curl_global_init) global_init;
    decltype(&curl_version_info) version_info;
    symbols.find("curl_global_init", global_init);
    symbols.find("curl_version_info", version_info);
    if (symbols.missing()) return unusable(cat("it has no ", symbols.missing()));
    constexpr unsigned kOldest = 0x075500;  // 7.85.0: CURLOPT_PROTOCOLS_STR
    const auto* version = version_info(CURLVERSION_NOW);
    if (version->version_num < kOldest) return unusable(cat("it is version ", version->version));
    if (global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) return unusable("it does not start");
    return curl;
}

}  // namespace

Result<const CurlLibrary*> curl_library() {
    static const Result<CurlLibrary> loaded = load();
    if (!loaded) return std::unexpected(loaded.error());
    return &*loaded;
}

}  // namespace ogem::net
