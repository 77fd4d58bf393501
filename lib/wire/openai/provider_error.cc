#include "wire/openai/provider_error.h"

#include "base/text.h"
#include "wire/retry_after.h"

#include <algorithm>

namespace ogem::wire::openai {

namespace {

constexpr std::size_t kMaxTitle = 120;  // bytes
constexpr std::size_t kSearchedForTitle = 4'096;

// The text of the first <title> element, its space folded; empty if there is none.
std::string title_of(std::string_view page) {
    const auto lower = to_lower(page.substr(0, kSearchedForTitle));
    const auto tag = lower.find("<title");
    const auto start = tag == std::string::npos ? tag : lower.find('>', tag);
    if (start == std::string::npos) return {};
    const auto end = std::min(lower.find('<', start), lower.size());
    std::string title;
    for (const char c : trim(page.substr(start + 1, end - start - 1))) {
        const bool space = static_cast<unsigned char>(c) <= ' ';
        if (!space) title += c;
        if (space && !title.ends_with(' ')) title += ' ';
    }
    title.resize(std::min(title.size(), kMaxTitle));
    return title;
}

}  // namespace

std::string look_of(std::string_view body) {
    if (trim(body).empty()) return "an empty body";
    const auto title = title_of(body);
    return title.empty() ? "a non-JSON body" : cat("a web page titled \"", title, '"');
}

Kind kind_of_status(int status) {
    switch (status) {
        case 401:
            return Kind::unauthorized;
        case 402:
        case 429:
            return Kind::limited;
        case 403:
            return Kind::forbidden;
        case 404:
        case 410:
            return Kind::not_found;
        case 408:
        case 504:
            return Kind::timeout;
        case 413:
        case 414:
        case 431:
            return Kind::too_large;
        case 503:
        case 529:
            return Kind::unavailable;
        default:
            return status >= 400 && status < 500 ? Kind::invalid : Kind::upstream;
    }
}

ProviderError read_error(int status, const Headers& headers, std::string_view body) {
    auto words = read_error_words(body);
    if (words.message.empty()) {
        const bool is_json = trim(body).starts_with('{') || trim(body).starts_with('[');
        words.message = cat("upstream answered ", status, " with ",
                            is_json ? std::string("no message") : look_of(body));
    }
    return {
        Error{kind_of_status(status), std::move(words.message), status, retry_after_of(headers)},
        std::move(words.type), std::move(words.code), std::move(words.param)};
}

}  // namespace ogem::wire::openai
