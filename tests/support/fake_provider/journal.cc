#include "journal.h"

#include "base/text.h"
#include "json/writer.h"

namespace ogem::fake {

namespace {

constexpr std::size_t kMaxEntries = 20'000;
constexpr std::size_t kMaxBytes = 128u << 20;
constexpr std::size_t kMaxBody = 1u << 20;  // of one entry; the rest of its body is not kept

void write_headers(json::Writer& w, std::string_view head) {
    w.key("headers").begin_array();
    for (const auto line : split(head.substr(head.find('\n') + 1), '\n')) {
        const auto colon = line.find(':');
        if (colon == std::string_view::npos) continue;
        w.begin_array().value(line.substr(0, colon)).value(trim(line.substr(colon + 1)));
        w.end_array();
    }
    w.end_array();
}

void write_time(json::Writer& w, std::string_view key, std::optional<TimePoint> when,
                TimePoint start) {
    w.key(key);
    when ? w.value(milliseconds_of(*when - start)) : w.null();
}

void write_text(json::Writer& w, std::string_view key, std::string_view text) {
    w.key(key);
    text.empty() ? w.null() : w.value(text);
}

}  // namespace

EntryId Journal::arrived(std::uint64_t connection, const Request& request, TimePoint now) {
    if (!enabled_) return 0;
    Entry entry;
    entry.id = ++last_;
    entry.connection = connection;
    entry.at = now;
    entry.body_bytes = request.body.size();
    entry.request.head = request.head;
    entry.request.body = request.body.substr(0, kMaxBody);
    kept_bytes_ += entry.request.head.size() + entry.request.body.size();
    entries_.push_back(std::move(entry));
    make_room();
    return last_;
}

void Journal::make_room() {
    while (entries_.size() > kMaxEntries || (kept_bytes_ > kMaxBytes && entries_.size() > 1)) {
        const auto& oldest = entries_.front().request;
        kept_bytes_ -= oldest.head.size() + oldest.body.size();
        entries_.pop_front();
        ++dropped_;
    }
}

Journal::Entry* Journal::find(EntryId id) {
    if (entries_.empty() || id < entries_.front().id || id > last_) return nullptr;
    return &entries_[id - entries_.front().id];
}

void Journal::sent(EntryId id, std::size_t bytes) {
    if (auto* const entry = find(id)) entry->sent += bytes;
}

void Journal::finished(EntryId id, TimePoint now) {
    if (auto* const entry = find(id)) entry->finished = now;
}

void Journal::refused(EntryId id, std::string_view why) {
    if (auto* const entry = find(id)) entry->refused = why;
}

void Journal::closed(EntryId id, TimePoint now, std::string_view by, std::string_view how) {
    auto* const entry = find(id);
    if (!entry || entry->closed) return;
    entry->closed = now;
    entry->closed_by = by;
    entry->closed_how = how;
}

void Journal::clear() {
    entries_.clear();
    kept_bytes_ = 0;
    dropped_ = 0;
}

void Journal::write(std::string& out, const Entry& entry) {
    json::Writer w(out);
    w.begin_object().key("id").value(entry.id).key("connection").value(entry.connection);
    w.key("method").value(entry.request.method()).key("path").value(entry.request.target());
    write_headers(w, entry.request.head);
    w.key("body").value(entry.request.body).key("body_bytes").value(entry.body_bytes);
    w.key("at").value(std::chrono::duration<double>(entry.at.time_since_epoch()).count());
    w.key("sent").value(entry.sent);
    write_time(w, "finished_ms", entry.finished, entry.at);
    write_time(w, "closed_ms", entry.closed, entry.at);
    write_text(w, "closed_by", entry.closed_by);
    write_text(w, "closed_how", entry.closed_how);
    write_text(w, "refused", entry.refused);
    w.end_object();
}

std::string Journal::to_json() const {
    std::string out = "{\"requests\":[";
    for (const auto& entry : entries_) {
        if (&entry != &entries_.front()) out += ',';
        write(out, entry);
    }
    append(out, "],\"dropped\":", dropped_, "}");
    return out;
}

}  // namespace ogem::fake
