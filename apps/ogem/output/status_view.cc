#include "ogem/output/status_view.h"

#include "base/text.h"
#include "ogem/output/members.h"
#include "ogem/output/units.h"

#include <algorithm>
#include <cmath>

namespace ogem::cli {

namespace {

const json::Value& endpoints_of(const json::Value& status) {
    static const json::Value none = json::Value::array();
    const auto& endpoints = member(status, "endpoints");
    return endpoints.is_array() ? endpoints : none;
}

std::string time_cell(const json::Value& value, bool exact) {
    if (!value.is_number()) return "-";
    const auto ms = value.get<double>();
    return exact ? cat(std::llround(ms), "ms") : short_ms(ms);
}

// "212/10000"; a limit of 0 is no limit.
std::string bucket_cell(const json::Value& bucket, bool in_short) {
    if (!bucket.is_object()) return "-";
    const auto used = count_in(bucket, "used"), limit = count_in(bucket, "limit");
    const auto text = [&](std::int64_t n) { return in_short ? short_count(n) : cat(n); };
    return cat(text(used), "/", limit > 0 ? text(limit) : "-");
}

std::vector<std::string> row_of(const json::Value& endpoint, bool exact) {
    const auto& errors = member(endpoint, "errors_5m");
    return {text_in(endpoint, "route"),
            text_in(endpoint, "state"),
            time_cell(member(endpoint, "ttft_ms"), exact),
            time_cell(member(endpoint, "p50_ms"), exact),
            time_cell(member(endpoint, "p95_ms"), exact),
            bucket_cell(member(endpoint, "rpm"), false),
            bucket_cell(member(endpoint, "tpm"), !exact),
            errors.is_number() ? percent(errors.get<double>()) : "-",
            text_in(endpoint, "note")};
}

std::string config_part(const json::Value& config, std::int64_t now) {
    std::string part = member(config, "ok") == false ? "config has errors" : "config ok";
    const auto source = text_in(config, "source");
    if (!source.empty()) append(part, " ", source);
    const auto loaded = count_in(config, "loaded_at");
    if (loaded > 0 && loaded <= now) append(part, " (loaded ", short_span(now - loaded), " ago)");
    return part;
}

std::string routes_part(const json::Value& endpoints) {
    const auto good = std::ranges::count_if(endpoints, [](const auto& endpoint) {
        const auto state = text_in(endpoint, "state");
        return state == "ok" || state == "unconfigured";
    });
    const auto total = static_cast<std::ptrdiff_t>(endpoints.size());
    if (good == total) return cat(total, total == 1 ? " route" : " routes");
    return cat(total - good, " of ", total, " routes degraded");
}

}  // namespace

std::string summary_of(const json::Value& status, std::int64_t now) {
    std::string line = cat("ogemd ", text_in(status, "version"), ", up ",
                           short_span(count_in(status, "uptime_s")));
    for (const auto& address : member(status, "listen")) {
        if (address.is_string()) append(line, ", http ", address.get<std::string>());
    }
    return cat(line, ", ", config_part(member(status, "config"), now), ", ",
               routes_part(endpoints_of(status)));
}

Table routes_of(const json::Value& status, bool exact) {
    Table table{
        {"ROUTE", "STATE", "TTFT", "P50", "P95", "RPM", "TPM", "ERR 5m", exact ? "NOTE" : ""}, {}};
    for (const auto& endpoint : endpoints_of(status)) table.rows.push_back(row_of(endpoint, exact));
    return table;
}

bool all_down(const json::Value& status) {
    std::ptrdiff_t down = 0, usable = 0;
    for (const auto& endpoint : endpoints_of(status)) {
        const auto state = text_in(endpoint, "state");
        if (state != "unconfigured") ++usable;
        if (state == "down") ++down;
    }
    return usable > 0 && down == usable;
}

}  // namespace ogem::cli
