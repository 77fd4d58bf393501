// The words that tell the fake provider how to behave:  "events=20+gap=5+cut=3".
// README.md beside this file explains every one; `fake_provider --scripts` lists them.
#pragma once

#include "base/result.h"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace ogem::fake {

class Script {
public:
    // Words joined by '+', each alone or with "=NUMBER" (commas and slashes mean something in a
    // model name, so neither is used). "ok" and "" ask for nothing. Errors: invalid: an unknown
    // word, or a number that is missing, wrong or not expected.
    static Result<Script> parse(std::string_view text);

    bool has(std::string_view word) const { return words_.contains(word); }
    bool empty() const { return words_.empty(); }

    // The number given with `word`, its default if it stands alone, `absent` if it is not there.
    std::int64_t number(std::string_view word, std::int64_t absent) const;

private:
    Result<void> add(std::string_view word);

    std::map<std::string, std::int64_t, std::less<>> words_;
};

// Every word with its meaning, one a line.
std::string script_help();

}  // namespace ogem::fake
