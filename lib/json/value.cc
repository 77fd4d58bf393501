#include "json/value.h"

#include "base/text.h"

namespace ogem::json {

Result<Value> parse(std::string_view text) {
    try {
        return Value::parse(text);
    } catch (const Value::parse_error& e) {
        return fail(Kind::invalid, cat("not valid JSON: byte ", e.byte, " of ", text.size()));
    } catch (const Value::out_of_range&) {
        return fail(Kind::invalid, "not usable JSON: a number in it is too large");
    }
}

}  // namespace ogem::json
