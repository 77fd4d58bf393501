// What is wrong with a request, in the words of one provider. The first finding counts; later ones
// are often its consequences. Validators need not stop at it: reading what is not there is safe
// (talk.h).
#pragma once

#include "check/where.h"
#include "json/value.h"
#include "say/score.h"

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace ogem::fake {

// Types of JSON values; several are joined by '|'.
enum Is : unsigned {
    kString = 1,
    kInteger = 2,
    kNumber = 6,
    kBoolean = 8,
    kObject = 16,
    kArray = 32,
    kNull = 64,
    kAny = 127
};

struct Field {
    std::string_view name;
    unsigned is = kAny;
    bool required = false;
};

// How a provider says what is wrong with a member of an object.
struct Wording {
    Trouble (*unknown)(const Where& object, std::string_view name);
    Trouble (*missing)(const Where& member);
    Trouble (*mistyped)(const Where& member, unsigned is, const json::Value& value);
};

class Findings {
public:
    explicit Findings(const Wording& wording) : wording_(wording) {}

    void say(Trouble trouble) {
        if (!first_) first_ = std::move(trouble);
    }
    void say(std::string message) { say(Trouble{400, std::move(message), "", "", -1}); }
    // Says it if `wrong`.
    void when(bool wrong, std::string message) {
        if (wrong) say(std::move(message));
    }

    // Each member of `object` must be one of `fields` and of its type; the required ones are there.
    void fields(const json::Value& object, const Where& where, std::span<const Field> fields);

    // One value by itself; false: it is of another type, which was said.
    bool is(const json::Value& value, const Where& where, unsigned types);

    bool any() const { return first_.has_value(); }
    const std::optional<Trouble>& first() const { return first_; }

private:
    const Wording& wording_;
    std::optional<Trouble> first_;
};

bool of_type(const json::Value& value, unsigned types);
bool matches(std::string_view text, std::string_view letters,
             std::size_t most);  // 1..most of those

// What identifiers are made of, nearly everywhere.
constexpr std::string_view kWordLetters =
    "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-";
bool is_base64(std::string_view text);

}  // namespace ogem::fake
