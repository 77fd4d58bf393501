#include "wire/gemini/error_details.h"

#include "base/duration.h"
#include "base/text.h"
#include "json/cursor.h"
#include "json/scan.h"

namespace ogem::wire::gemini {

namespace {

using json::Cursor;

// The members of the object `raw`, which may be anything: name and raw value to `note`.
template <class Note>
void each_member(std::string_view raw, Note note) {
    if (!raw.starts_with('{')) return;
    Cursor c(raw);
    std::string_view name;
    for (c.enter_object(); c.next_member(name);) note(name, c.value());
}

template <class Note>
void each_element(std::string_view raw, Note note) {
    if (!raw.starts_with('[')) return;
    Cursor c(raw);
    for (c.enter_array(); c.next_element();) note(c.value());
}

std::string text_of(std::string_view raw) {
    return json::string_of(raw).value_or("");
}

void read_violation(std::string_view raw, ErrorDetails& out) {
    each_member(raw, [&](std::string_view name, std::string_view value) {
        const auto text = text_of(value);
        if (name == "quotaId" && text.find("PerDay") != std::string::npos) out.quota_is_gone = true;
        if (name == "quotaValue" && text == "0") out.quota_is_gone = true;
    });
}

void read_detail(std::string_view raw, ErrorDetails& out) {
    std::string type;
    each_member(raw, [&](std::string_view name, std::string_view value) {
        if (name == "@type") type = text_of(value);
    });
    each_member(raw, [&](std::string_view name, std::string_view value) {
        if (name == "retryDelay" && type.ends_with("google.rpc.RetryInfo"))
            out.retry_delay = parse_duration(text_of(value)).value_or(Duration(0));
        if (name == "reason" && type.ends_with("google.rpc.ErrorInfo")) out.reason = text_of(value);
        if (name == "violations" && type.ends_with("google.rpc.QuotaFailure"))
            each_element(value, [&](std::string_view one) { read_violation(one, out); });
    });
}

void read_status(std::string_view raw, ErrorDetails& out) {
    each_member(raw, [&](std::string_view name, std::string_view value) {
        if (name == "code")
            out.code = static_cast<int>(json::integer_of(value).value_or(0) & 0xffff);
        if (name == "message") out.message = text_of(value);
        if (name == "status") out.status = text_of(value);
        if (name == "details")
            each_element(value, [&](std::string_view detail) { read_detail(detail, out); });
    });
    out.is_google = out.code != 0 && !out.status.empty();
}

}  // namespace

ErrorDetails read_error_details(std::string_view body) {
    body = trim(body);
    if (body.starts_with('[')) {
        Cursor c(body);
        c.enter_array();
        body = c.next_element() ? c.value() : std::string_view();
    }
    ErrorDetails out;
    each_member(body, [&](std::string_view name, std::string_view value) {
        if (name == "error") read_status(value, out);
    });
    return out;
}

}  // namespace ogem::wire::gemini
