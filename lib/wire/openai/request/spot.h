// A value inside a client's request and where it stands there, so that a complaint can name the
// member that is wrong: "messages[3].content[1].type". No copies: a spot holds views and the
// address of the spot around it, and lives on the stack while its inside is read.
#pragma once

#include "base/result.h"
#include "json/cursor.h"
#include "json/scan.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ogem::wire::openai {

struct Spot {
    std::string_view raw;         // JSON text of the value
    const Spot* outer = nullptr;  // nullptr: this is the request itself
    std::string_view name = {};   // of the member; empty: element number `index`
    std::size_t index = 0;

    Spot member(std::string_view member_name, std::string_view value) const {
        return {value, this, member_name, 0};
    }
    Spot element(std::size_t number, std::string_view value) const {
        return {value, this, {}, number};
    }

    bool is_object() const { return raw.starts_with('{'); }
    bool is_array() const { return raw.starts_with('['); }
    bool is_string() const { return raw.starts_with('"'); }

    std::string path() const;  // empty for the request itself

    // Kind::invalid: "PATH: PROBLEM", with the path as its field.
    std::unexpected<Error> refuse(std::string_view problem) const;
    // The same of a member that is not there.
    std::unexpected<Error> lacks(std::string_view member_name) const;
};

// What a spot says, if it is of that type. Errors: invalid, naming the spot. A whole number may be
// written 3.0.
Result<void> take(const Spot& spot, std::string& out);
Result<void> take(const Spot& spot, bool& out);
Result<void> take(const Spot& spot, std::optional<bool>& out);
Result<void> take(const Spot& spot, std::optional<double>& out);
Result<void> take(const Spot& spot, std::optional<std::int64_t>& out);
// An object, as its JSON.
Result<void> take_object(const Spot& spot, std::string& json);

// Calls `visit(const Spot&) -> Result<void>` for each member of an object in order. A member that
// is null counts as absent. Errors: the first one of `visit`; invalid if the spot is not an object.
template <class Visit>
Result<void> each_member(const Spot& spot, Visit visit) {
    if (!spot.is_object()) return spot.refuse("must be an object");
    json::Cursor c(spot.raw);
    std::string_view raw_name;
    std::string buffer;
    for (c.enter_object(); c.next_member(raw_name);) {
        const auto value = c.value();
        if (c.failed() || value == "null") continue;
        const auto member = spot.member(json::Member{raw_name, value}.plain_name(buffer), value);
        if (auto visited = visit(member); !visited) return visited;
    }
    if (!c.finish()) return spot.refuse(c.error().message);
    return {};
}

// The same for the elements of an array; null is an element.
template <class Visit>
Result<void> each_element(const Spot& spot, Visit visit) {
    if (!spot.is_array()) return spot.refuse("must be a list");
    json::Cursor c(spot.raw);
    std::size_t index = 0;
    for (c.enter_array(); c.next_element(); ++index) {
        const auto value = c.value();
        if (c.failed()) continue;
        if (auto visited = visit(spot.element(index, value)); !visited) return visited;
    }
    if (!c.finish()) return spot.refuse(c.error().message);
    return {};
}

}  // namespace ogem::wire::openai
