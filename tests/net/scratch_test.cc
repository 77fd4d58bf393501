#include "net/scratch.h"

#include <doctest/doctest.h>

#include <cstring>
#include <string_view>

using namespace ogem::net;

namespace {

// Reads `text` behind what is left and consumes `used` bytes.
void read(Unread& unread, std::string_view text, std::size_t used) {
    char* const bytes = unread.front();
    const auto size = unread.size() + text.size();
    std::memcpy(bytes + unread.size(), text.data(), text.size());
    unread.keep(bytes + used, size - used);
}

std::string_view text_of(Unread& unread) {
    char* const bytes = unread.data();
    return {bytes, unread.size()};
}

}  // namespace

TEST_CASE("what was not consumed is there before the next bytes") {
    Unread unread;
    CHECK(unread.empty());
    read(unread, "headbody", 4);
    CHECK(text_of(unread) == "body");
    read(unread, "more", 0);
    CHECK(text_of(unread) == "bodymore");
    read(unread, "", 8);
    CHECK(unread.empty());
}

TEST_CASE("unread bytes survive another connection's reads") {
    Unread mine, other;
    read(mine, "headbody", 4);
    read(other, "something else", 9);
    CHECK(mine.size() == 4);
    CHECK(text_of(mine) == "body");
    CHECK(text_of(other) == " else");
    CHECK(text_of(mine) == "body");
    std::memset(scratch(), 'x', kScratchSize);
    CHECK(text_of(mine) == "body");
    CHECK(text_of(other) == " else");
}

TEST_CASE("bytes of a connection that ended trouble nobody") {
    {
        Unread gone;
        read(gone, "left", 0);
    }
    Unread unread;
    read(unread, "fresh", 0);
    CHECK(text_of(unread) == "fresh");
}
