#include "config/text/complaints.h"

#include "base/nearest.h"
#include "base/text.h"

#include <algorithm>
#include <array>
#include <tuple>

namespace ogem::config {

namespace {

auto order_of(const Diagnostic& d) {
    return std::make_tuple(d.file.empty(), d.file, d.line, d.column);
}

bool same(const Diagnostic& a, const Diagnostic& b) {
    return std::tie(a.severity, a.code, a.file, a.line, a.column, a.message) ==
           std::tie(b.severity, b.code, b.file, b.line, b.column, b.message);
}

constexpr std::size_t kLongestShown = 80;  // bytes
constexpr std::size_t kLongestName = 20;   // letters and digits in a row

bool begins_like_secret(std::string_view text) {
    constexpr std::array kPrefixes{"sk-",  "sk_",     "aiza",   "gsk_", "xai-",  "hf_",
                                   "ghp_", "bearer ", "basic ", "eyj",  "ya29.", "pplx-"};
    return std::any_of(kPrefixes.begin(), kPrefixes.end(),
                       [&](const char* prefix) { return starts_with_ignoring_case(text, prefix); });
}

std::string one_line(std::string_view text, char quote) {
    std::string out(1, quote);
    for (const char c : text.substr(0, kLongestShown))
        out += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
    if (text.size() > kLongestShown) out += "...";
    return out += quote;
}

}  // namespace

void Complaints::add(Diagnostic diagnostic) {
    auto& count = diagnostic.severity == Severity::error ? errors_ : warnings_;
    if (++count <= kMostOfEach) list_.push_back(std::move(diagnostic));
}

void Complaints::error(Place place, std::string_view code, std::string message) {
    add({Severity::error, std::string(code), file_, place.line, place.column, std::move(message)});
}

void Complaints::warning(Place place, std::string_view code, std::string message) {
    add({Severity::warning, std::string(code), file_, place.line, place.column,
         std::move(message)});
}

void Complaints::error_outside(std::string_view code, std::string message) {
    add({Severity::error, std::string(code), "", 0, 0, std::move(message)});
}

void Complaints::warning_outside(std::string_view code, std::string message) {
    add({Severity::warning, std::string(code), "", 0, 0, std::move(message)});
}

std::string Complaints::text_of(Place place) const {
    return place.line > 0 ? cat(file_, ':', place.line, ':', place.column) : file_;
}

std::vector<Diagnostic> Complaints::take() {
    auto list = std::move(list_);
    list_.clear();
    std::stable_sort(list.begin(), list.end(),
                     [](const auto& a, const auto& b) { return order_of(a) < order_of(b); });
    // The template of a provider is read once but checked in each of its regions.
    std::vector<Diagnostic> once;
    for (auto& diagnostic : list)
        if (std::none_of(once.begin(), once.end(),
                         [&](const auto& other) { return same(other, diagnostic); }))
            once.push_back(std::move(diagnostic));
    return once;
}

bool looks_like_secret(std::string_view text) {
    if (begins_like_secret(text)) return true;
    std::size_t run = 0, digits = 0;
    for (const char c : text) {
        const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
        const bool digit = c >= '0' && c <= '9';
        run = letter || digit ? run + 1 : 0;
        digits = run == 0 ? 0 : digits + (digit ? 1 : 0);
        // All digits is a number, no digit a word.
        if (run >= kLongestName && digits > 0 && digits < run) return true;
    }
    return false;
}

std::string shown(std::string_view text) {
    return looks_like_secret(text) ? "\"***\"" : one_line(text, '"');
}

std::string shown_name(std::string_view name) {
    return begins_like_secret(name) ? "'***'" : one_line(name, '\'');
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& known) {
    const auto near = nearest(word, known, 1);
    return near.empty() ? "" : cat("; did you mean '", near.front(), "'?");
}

}  // namespace ogem::config
