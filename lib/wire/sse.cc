#include "wire/sse.h"

#include "base/text.h"

#include <algorithm>
#include <cstring>

namespace ogem::wire {

namespace {

constexpr auto kNone = std::string_view::npos;

// What a reader keeps for its next event; more is given back to the system.
constexpr std::size_t kKeptBytes = 16u << 10;

// The place of the first CR or LF in `text`, or kNone.
std::size_t line_end(std::string_view text) {
    const auto* lf = static_cast<const char*>(std::memchr(text.data(), '\n', text.size()));
    const auto size = lf ? static_cast<std::size_t>(lf - text.data()) : text.size();
    const auto* cr = static_cast<const char*>(std::memchr(text.data(), '\r', size));
    if (cr) return static_cast<std::size_t>(cr - text.data());
    return lf ? size : kNone;
}

// Cuts the first line, without its end, off `text`.
std::string_view take_line(std::string_view& text) {
    const auto at = line_end(text);
    const auto line = text.substr(0, at);
    if (at == kNone) {
        text = {};
    } else {
        text.remove_prefix(at + (text.substr(at).starts_with("\r\n") ? 2 : 1));
    }
    return line;
}

// The lines of one block, read into an event.
class Block {
public:
    explicit Block(std::list<std::string>& joined) : joined_(joined) {}

    SseEvent read(std::string_view raw) {
        SseEvent event{{}, {}, raw, true};
        bool at_head = true, ended = false;
        while (!raw.empty()) {
            const auto line = take_line(raw);
            ended = line.empty();
            if (!line.starts_with(':')) {
                at_head = at_head && ended;  // the LF of a CRLF that was cut may come first
                read_field(line, event);
            } else if (at_head) {
                event.raw = raw;
            } else {
                event.plain = false;
            }
        }
        if (!ended) event.plain = false;
        return event;
    }

    bool is_event(const SseEvent& event) const { return has_data_ || !event.name.empty(); }

private:
    void read_field(std::string_view line, SseEvent& event) {
        const auto colon = std::min(line.find(':'), line.size());
        const auto field = line.substr(0, colon);
        auto value = line.substr(std::min(colon + 1, line.size()));
        if (value.starts_with(' ')) value.remove_prefix(1);
        if (field == "event") event.name = value;
        if (field == "data") add_data(value, event);
    }

    void add_data(std::string_view value, SseEvent& event) {
        if (!std::exchange(has_data_, true)) {
            event.data = value;
            return;
        }
        if (!has_joined_) joined_.emplace_back(event.data);
        has_joined_ = true;
        event.data = joined_.back().append(1, '\n').append(value);
        event.plain = false;
    }

    std::list<std::string>& joined_;
    bool has_data_ = false, has_joined_ = false;
};

void read_block(std::string_view raw, std::list<std::string>& joined,
                std::vector<SseEvent>& events) {
    Block block(joined);
    const auto event = block.read(raw);
    if (block.is_event(event)) events.push_back(event);
}

void shrink(std::string& text) {
    text.clear();
    if (text.capacity() > kKeptBytes) text.shrink_to_fit();
}

}  // namespace

// Views of the call before are no longer valid.
void SseReader::forget() {
    shrink(whole_);
    joined_.clear();
}

// The size of the head of `bytes` that ends the current block with a blank line, or kNone if
// `bytes` do not hold that end. Looks at every byte once, however often the block is cut.
std::size_t SseReader::block_end(std::string_view bytes) {
    std::size_t at = 0;
    if (std::exchange(after_cr_, false) && bytes.starts_with('\n')) at = 1;
    while (at < bytes.size()) {
        const auto length = line_end(bytes.substr(at));
        if (length == kNone) {
            at_line_start_ = false;
            return kNone;
        }
        const bool blank = std::exchange(at_line_start_, true) && length == 0;
        at += length + 1;
        if (bytes[at - 1] == '\r') {
            after_cr_ = at == bytes.size();
            if (bytes.substr(at).starts_with('\n')) ++at;
        }
        if (blank) return at;
    }
    return kNone;
}

Result<void> SseReader::hold(std::string_view bytes) {
    if (pending_.size() + bytes.size() > max_event_bytes_)
        return fail(Kind::upstream, cat("the provider sent a stream event of more than ",
                                        max_event_bytes_, " bytes"));
    pending_.append(bytes);
    return {};
}

Result<void> SseReader::feed(std::string_view bytes, std::vector<SseEvent>& events) {
    forget();
    while (!bytes.empty()) {
        const auto end = block_end(bytes);
        auto block = bytes.substr(0, end);
        bytes.remove_prefix(block.size());
        if (end == kNone || !pending_.empty() || block.size() > max_event_bytes_) {
            if (auto held = hold(block); !held) return held;
            if (end == kNone) return {};
            whole_.swap(pending_);
            block = whole_;
        }
        if (!std::exchange(begun_, true) && block.starts_with("\xef\xbb\xbf"))
            block.remove_prefix(3);
        read_block(block, joined_, events);
    }
    return {};
}

void SseReader::finish(std::vector<SseEvent>& events) {
    forget();
    whole_.swap(pending_);
    std::string_view block = whole_;
    if (!begun_ && block.starts_with("\xef\xbb\xbf")) block.remove_prefix(3);
    read_block(block, joined_, events);
}

}  // namespace ogem::wire
