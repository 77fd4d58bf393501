// What a provider's failure means, in whatever shape it came: OpenAI's error object, a string, an
// array, FastAPI's `detail`, a web page.
#pragma once

#include "base/result.h"
#include "chat/failure.h"
#include "wire/http.h"

#include <string>
#include <string_view>

namespace ogem::wire::openai {

// The words of a failure, as the provider said them; what it left out is empty.
struct ErrorWords {
    std::string message, type, code, param;
    int status = 0;  // a number from 400 to 599 in `code` or `status`; 0: none
};

// `json` is a whole error document, or the value of an `error` member. Never fails: what is not
// JSON, or says nothing, gives empty words. Messages are cut after 2,000 bytes.
ErrorWords read_error_words(std::string_view json);

// 400 404 413 422 -> invalid/not_found/too_large, 401 403 -> unauthorized/forbidden, 402 429 ->
// limited, 408 504 -> timeout, 503 529 -> unavailable, everything else -> upstream, other 4xx ->
// invalid. The text of an error never decides (O-4).
Kind kind_of_status(int status);

// A failed answer as a whole, or a failure inside a stream. The message is the provider's own, else
// says what its answer looked like. Quotas are known by type and code, a refused parameter by its
// code (Retry::without_knob).
using ProviderError = chat::Failure;
ProviderError read_error(int status, const Headers& headers, std::string_view body);

// `data` of a stream event that is an error: an object with an `error`, or anything in an event of
// that name. Where it names no status, its type and code tell the kind. May have been charged.
ProviderError read_error_event(std::string_view data);

// The words of such an event; the message is never empty.
ErrorWords read_event_words(std::string_view data);

// "a web page titled \"Bad gateway\"" or "a non-JSON body": `body` in a few words.
std::string look_of(std::string_view body);

}  // namespace ogem::wire::openai
