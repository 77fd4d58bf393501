// libcurl, loaded when it is first needed. Linking it would cost every start 3-7 ms and 6 MB, and
// most days nothing needs it: it fetches configurations and serves providers behind an HTTP proxy.
//
// Only for sources of net that include <curl/curl.h> themselves. Types stand here as curl declares
// them in C: handles are void*, CURLcode, CURLMcode, CURLoption and CURLINFO are int; the source
// checks that they are.
#pragma once

#include "base/result.h"

namespace ogem::net {

struct CurlLibrary {
    void* (*easy_init)();
    int (*easy_setopt)(void* easy, int option, ...);  // numbers as long, texts as const char*
    int (*easy_perform)(void* easy);
    int (*easy_getinfo)(void* easy, int what, ...);
    int (*easy_pause)(void* easy, int what);
    void (*easy_cleanup)(void* easy);
    const char* (*easy_strerror)(int code);
    void* (*slist_append)(void* list, const char* text);
    void (*slist_free_all)(void* list);
    void* (*multi_init)();
    int (*multi_setopt)(void* multi, int option, ...);
    int (*multi_add_handle)(void* multi, void* easy);
    int (*multi_remove_handle)(void* multi, void* easy);
    int (*multi_perform)(void* multi, int* running);
    int (*multi_poll)(void* multi, void* more, unsigned count, int timeout_ms, int* ready);
    int (*multi_wakeup)(void* multi);                  // the one call for other threads
    void* (*multi_info_read)(void* multi, int* left);  // CURLMsg*
    int (*multi_cleanup)(void* multi);
};

// The library, ready to use, for as long as the program runs. Any thread.
// Errors: io, if there is no libcurl of version 7.85 or newer; says which package has it. A failure
// is remembered: installing the library takes a restart.
Result<const CurlLibrary*> curl_library();

}  // namespace ogem::net
