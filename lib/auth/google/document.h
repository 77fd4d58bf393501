// A small JSON object, such as a credentials file or the answer of a token endpoint.
#pragma once

#include "base/result.h"

#include <map>
#include <string>
#include <string_view>

namespace ogem::auth::google {

class Document {
public:
    // Of members with the same name the first one counts. Errors: invalid: not JSON, or no object.
    static Result<Document> parse(std::string text);

    bool has(std::string_view name) const { return members_.contains(name); }

    // The text of a member; "" where there is none or it is no text.
    std::string text(std::string_view name) const;

    // The raw JSON of a member, "" where there is none.
    std::string_view raw(std::string_view name) const;

private:
    std::map<std::string, std::string, std::less<>> members_;  // raw values
};

}  // namespace ogem::auth::google
