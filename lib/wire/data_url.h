// data: URLs (RFC 2397), as clients send images, sound and documents.
#pragma once

#include "base/result.h"

#include <string>
#include <string_view>

namespace ogem::wire {

struct DataUrl {
    // Lower case, without parameters; "image/jpg", which nobody registered, is "image/jpeg". Empty:
    // the URL names none.
    std::string media_type;
    std::string base64;  // as normalised_base64() gives it
};

bool is_data_url(std::string_view url);  // the scheme in any case

// `data:[type][;parameter]*[;base64],DATA`. Data that is not base64 is percent-encoded, and becomes
// base64. Errors: invalid, without the data in the message.
Result<DataUrl> parse_data_url(std::string_view url);

// `text` in the standard alphabet, with padding and without white space, whatever variant of
// base64 it was written in (RFC 4648 sections 4 and 5). Errors: invalid.
Result<std::string> normalised_base64(std::string_view text);

// The bytes that normalised base64 says.
std::string base64_decoded(std::string_view normalised);

}  // namespace ogem::wire
