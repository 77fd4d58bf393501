// An answer in the words of one dialect, event by event, before the script does anything to it.
// Plain values; a dialect's Voice makes them from a Reply (reply.h).
#pragma once

#include "say/reply.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace ogem::fake {

struct Ask;

// One event of a stream. `bare`: not an event at all but bytes put into the stream as they are.
struct Frame {
    std::string data;
    std::string name{};  // of its `event:` line; empty: there is none
    bool bare = false;
};

// What comes of one piece of content, the unit in which scripts count.
struct Beat {
    std::vector<Frame> frames;
    std::uint32_t repeat = 1;
};

struct Score {
    std::vector<Frame> opening;   // before any content
    std::vector<Beat> beats;      // the content
    std::vector<Frame> finish;    // why it ended, and the usage
    std::vector<Frame> terminal;  // [DONE], message_stop; empty where the dialect has none
};

// A failure as a provider words it. `code` and `param` mean what the dialect says; empty: none.
struct Trouble {
    int status = 500;
    std::string message{};
    std::string code{}, param{};
    std::int64_t retry_seconds = -1;  // told in the body where the dialect does so
};

// How one dialect says things.
struct Voice {
    std::string (*whole)(const Reply&);
    Score (*score)(const Reply&);
    std::string (*plain)(const Ask&);  // answers of endpoints that do not speak
    std::string (*error)(const Trouble&);
    Frame (*stream_error)(const Trouble&, bool odd);  // odd: the rarer of two forms
    std::string_view ping;     // bytes sent while nothing else is said; empty: a comment
    std::string_view headers;  // lines that each answer carries
};

}  // namespace ogem::fake
