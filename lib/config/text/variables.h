// Environment and `.env` as one: who wins, aliases, and what a set-but-empty variable means.
#pragma once

#include "config/load.h"
#include "config/text/complaints.h"

#include <initializer_list>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace ogem::config {

class Variables {
public:
    struct Found {
        std::string name;
        std::string value;   // may be a secret
        std::string origin;  // "environment PORT" or ".env PORT"
    };

    // All three outlive this.
    Variables(const Environment& env, const Environment& dotenv, Complaints& complaints)
        : env_(env), dotenv_(dotenv), complaints_(complaints) {}

    // The first of `names` that is set, in the environment before `.env`. A name is looked up as it
    // is, then with every character but letters and digits replaced by _ (section 2 row 23). Empty
    // counts as unset, with one warning W401 for each variable.
    std::optional<Found> first_of(const std::vector<std::string_view>& names);

    // The same, for a variable whose empty value means something: VALKEY_ENDPOINT.
    std::optional<Found> even_empty(std::string_view name);

    // The same, where the canonical names of contract section 2 bring their aliases with them.
    std::optional<Found> find(std::string_view name);

private:
    std::optional<Found> look(const Environment& where, std::string_view origin,
                              std::string_view name);

    const Environment& env_;
    const Environment& dotenv_;
    Complaints& complaints_;
    std::set<std::string> told_empty_;
};

// The names that mean the same as `name`, itself first: CLAUDE_API_KEY brings ANTHROPIC_API_KEY.
std::vector<std::string_view> with_aliases(std::string_view name);

}  // namespace ogem::config
