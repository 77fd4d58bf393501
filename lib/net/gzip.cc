#include "net/gzip.h"

#include "base/text.h"

#include <zlib.h>

#include <algorithm>
#include <limits>
#include <new>

namespace ogem::net {

namespace {

constexpr int kGzipWindow = 15 + 16;  // the largest window, with gzip's header and trailer

// The input of a zlib stream, handed over in the pieces that its 32-bit counter can hold.
void refill(z_stream& stream, std::string_view& rest) {
    if (stream.avail_in > 0) return;
    const auto count = std::min<std::size_t>(rest.size(), std::numeric_limits<uInt>::max());
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(rest.data()));
    stream.avail_in = static_cast<uInt>(count);
    rest.remove_prefix(count);
}

struct Inflater {
    z_stream stream{};
    Inflater() {
        if (inflateInit2(&stream, kGzipWindow) != Z_OK) throw std::bad_alloc();
    }
    ~Inflater() { inflateEnd(&stream); }
    Inflater(const Inflater&) = delete;
};

// The next piece of output into `piece`. Z_STREAM_END: a member has ended.
int step(z_stream& stream, char (&piece)[16 * 1024], std::size_t& produced) {
    stream.next_out = reinterpret_cast<Bytef*>(piece);
    stream.avail_out = sizeof piece;
    const int code = inflate(&stream, Z_NO_FLUSH);
    produced = sizeof piece - stream.avail_out;
    return code;
}

}  // namespace

Result<std::string> gunzip(std::string_view bytes, std::size_t limit) {
    Inflater inflater;
    auto& stream = inflater.stream;
    std::string out;
    char piece[16 * 1024];
    while (true) {
        refill(stream, bytes);
        std::size_t produced = 0;
        const int code = step(stream, piece, produced);
        if (produced > limit - out.size())
            return fail(Kind::too_large,
                        cat("the gzip body holds more than ", limit, " bytes once unpacked"));
        out.append(piece, produced);
        const bool input_left = stream.avail_in > 0 || !bytes.empty();
        if (code == Z_STREAM_END && !input_left) return out;
        if (code == Z_STREAM_END) {
            inflateReset(&stream);
        } else if (code == Z_BUF_ERROR) {
            return fail(Kind::invalid, "the gzip body is cut short");
        } else if (code != Z_OK) {
            return fail(Kind::invalid, "the body is not valid gzip");
        }
    }
}

std::string gzip(std::string_view bytes) {
    z_stream stream{};
    constexpr int kMemory = 8;  // zlib's default
    if (deflateInit2(&stream, Z_BEST_SPEED, Z_DEFLATED, kGzipWindow, kMemory, Z_DEFAULT_STRATEGY) !=
        Z_OK)
        throw std::bad_alloc();
    std::string out;
    char piece[16 * 1024];
    int code = Z_OK;
    while (code != Z_STREAM_END) {
        refill(stream, bytes);
        stream.next_out = reinterpret_cast<Bytef*>(piece);
        stream.avail_out = sizeof piece;
        code = deflate(&stream, bytes.empty() ? Z_FINISH : Z_NO_FLUSH);
        out.append(piece, sizeof piece - stream.avail_out);
    }
    deflateEnd(&stream);
    return out;
}

}  // namespace ogem::net
