#include "net/http1.h"

#include "base/text.h"
#include "net/plain_head.h"

// Beast 1.81 asserts that a last chunk comes in pieces of five bytes or more; "0\r\nA" is four, and
// read rightly.
#define BOOST_DISABLE_ASSERTS
#include <boost/beast/http/basic_parser.hpp>

#include <algorithm>
#include <cstring>
#include <utility>

namespace ogem::net {

namespace beast = boost::beast;
namespace http = beast::http;
using beast::string_view;

namespace {

constexpr std::size_t kMaxExtensions = 4096;  // of all chunks of a message, bytes
constexpr std::size_t kMaxChunkHead = 4096;   // a chunk's size line with its extensions, bytes

// Where the parser's callbacks put what they find.
struct Sink {
    std::string method, target;
    int status = 0;
    FieldSlots fields;
    const char* bytes_begin = nullptr;  // of the feed() under way
    const char* bytes_end = nullptr;
    bool folded = false;
    bool expects_continue = false;
    bool old_http = false;
    bool transfer_encoding_seen = false, transfer_encoding_bad = false;
    bool length_seen = false, length_bad = false;
    bool host_seen = false, host_twice = false;
    std::size_t extension_bytes = 0;  // of all chunks of the message
    bool head_done = false, done = false;
    std::optional<std::uint64_t> content_length;
    char* body_start = nullptr;  // in the caller's bytes
    std::size_t body_size = 0;

    void clear() {
        method.clear();
        target.clear();
        fields.count = 0;
        folded = host_seen = host_twice = false;
        extension_bytes = 0;
        status = 0;
        expects_continue = transfer_encoding_seen = transfer_encoding_bad = length_seen =
            length_bad = false;
        head_done = done = false;
        content_length.reset();
        body_size = 0;
    }

    void field(std::string_view name, std::string_view value) {
        // The parser joins a folded line in memory of its own.
        folded =
            folded || (!value.empty() && (value.data() < bytes_begin || value.data() >= bytes_end));
        if (head_done) return;  // trailers come after the head was judged: they must not add to it
        if (equal_ignoring_case(name, "transfer-encoding")) {
            transfer_encoding_bad =
                transfer_encoding_seen || !equal_ignoring_case(value, "chunked");
            transfer_encoding_seen = true;
        } else if (equal_ignoring_case(name, "content-length")) {
            length_bad =
                length_seen || value.find_first_not_of("0123456789") != std::string_view::npos;
            length_seen = true;
        } else if (equal_ignoring_case(name, "host")) {
            host_twice = std::exchange(host_seen, true);
        } else if (equal_ignoring_case(name, "expect")) {
            expects_continue = equal_ignoring_case(value, "100-continue");
        }
        fields.add(name, value);
    }

    // Body bytes of one message, chunk heads between them, become one run at the place of the
    // first.
    void body(std::string_view piece) {
        if (body_size == 0) {
            body_start = const_cast<char*>(piece.data());
        } else if (body_start + body_size != piece.data()) {
            std::memmove(body_start + body_size, piece.data(), piece.size());
        }
        body_size += piece.size();
    }
};

std::string_view view(string_view text) {
    return {text.data(), text.size()};
}

template <bool is_request>
class Parser : public http::basic_parser<is_request> {
public:
    explicit Parser(Sink& sink) : sink_(sink) {}

private:
    using Error = beast::error_code;

    void on_request_impl(http::verb, string_view method, string_view target, int version,
                         Error&) override {
        sink_.old_http = version == 10;
        sink_.method = view(method);
        sink_.target = view(target);
    }
    void on_response_impl(int code, string_view, int version, Error&) override {
        sink_.status = code;
        sink_.old_http = version == 10;
    }
    void on_field_impl(http::field, string_view name, string_view value, Error&) override {
        sink_.field(view(name), view(value));
    }
    void on_header_impl(Error&) override {
        sink_.head_done = true;
        sink_.fields.close();
    }
    void on_body_init_impl(boost::optional<std::uint64_t> const&, Error&) override {}
    std::size_t on_body_impl(string_view piece, Error&) override {
        sink_.body(view(piece));
        return piece.size();
    }
    void on_chunk_header_impl(std::uint64_t, string_view extensions, Error& error) override {
        sink_.extension_bytes += extensions.size();
        if (sink_.extension_bytes > kMaxExtensions) error = http::error::bad_chunk_extension;
    }
    std::size_t on_chunk_body_impl(std::uint64_t, string_view piece, Error&) override {
        sink_.body(view(piece));
        return piece.size();
    }
    void on_finish_impl(Error&) override { sink_.done = true; }

    Sink& sink_;
};

// The parser waits for the end of a head that has none of its line ends; such a head will never be
// right.
bool has_bare_line_feed(std::string_view head) {
    for (auto at = head.find('\n'); at != std::string_view::npos; at = head.find('\n', at + 1))
        if (at == 0 || head[at - 1] != '\r') return at != 0;
    return false;
}

}  // namespace

struct MessageReader::State {
    Side side;
    MessageLimits limits;
    Sink sink;
    // The full parser, made for a message whose head is not plain.
    std::unique_ptr<Parser<true>> request;
    std::unique_ptr<Parser<false>> response;
    bool head_only = false;
    bool plain = false;  // the head was: the parser has no part in this message
    bool started = false;
    std::size_t head_bytes = 0;  // consumed so far; the parser's own limit holds for each line only
    std::uint64_t left = 0;      // of the body of a plain message

    State(Side s, MessageLimits l) : side(s), limits(l) {}

    // Calls `use` with whichever parser is in force; both have the same base interface.
    template <class Use>
    auto with_parser(Use use) {
        return side == Side::request ? use(*request) : use(*response);
    }

    template <class P>
    void make_parser(std::unique_ptr<P>& parser) {
        parser = std::make_unique<P>(sink);
        parser->header_limit(static_cast<std::uint32_t>(limits.max_header));
        parser->body_limit(limits.max_body);
        parser->skip(head_only);
    }
    void make_parser() { side == Side::request ? make_parser(request) : make_parser(response); }

    bool has_parser() const { return request || response; }
    std::size_t take_plain_head(std::string_view bytes);
    std::size_t take_plain_body(std::string_view bytes);
    Result<void> check_head();
    Result<std::size_t> explain(const beast::error_code& error) const;
};

MessageReader::MessageReader(Side side, MessageLimits limits)
    : state_(std::make_unique<State>(side, limits)) {
    begin();
}
MessageReader::~MessageReader() = default;
MessageReader::MessageReader(MessageReader&&) noexcept = default;

void MessageReader::begin(bool head_only) {
    auto& state = *state_;
    state.sink.clear();
    state.head_only = head_only;
    state.plain = state.started = false;
    state.head_bytes = 0;
    state.request.reset();
    state.response.reset();
}

// The bytes of a plain head at the start of `bytes`; 0: there is none.
std::size_t MessageReader::State::take_plain_head(std::string_view bytes) {
    const auto head = side == Side::request ? read_plain_request(bytes, sink.fields)
                                            : read_plain_response(bytes, sink.fields);
    const auto length = head ? head->content_length.value_or(0) : 0;
    if (!head || head->size > limits.max_header || length > limits.max_body) {
        sink.fields.count = 0;
        return 0;
    }
    sink.method = head->method;
    sink.target = head->target;
    sink.status = head->status;
    sink.content_length = head->content_length;
    sink.old_http = false;
    sink.fields.close();
    sink.head_done = plain = true;
    sink.done = length == 0;
    left = length;
    return head->size;
}

std::size_t MessageReader::State::take_plain_body(std::string_view bytes) {
    const auto taken = bytes.substr(0, std::min<std::uint64_t>(left, bytes.size()));
    sink.body(taken);
    left -= taken.size();
    sink.done = left == 0;
    return taken.size();
}

Result<void> MessageReader::State::check_head() {
    if (sink.transfer_encoding_bad)
        return fail(Kind::invalid,
                    "the Transfer-Encoding is not understood; only \"chunked\" is, once");
    if (sink.length_bad) return fail(Kind::invalid, "the Content-Length is not one whole number");
    if (sink.host_twice) return fail(Kind::invalid, "the message has two Host headers");
    if (sink.transfer_encoding_seen && sink.old_http && side == Side::request)
        return fail(Kind::invalid, "HTTP/1.0 knows no Transfer-Encoding");
    if (sink.transfer_encoding_seen && sink.length_seen)
        return fail(Kind::invalid, "the message has both Content-Length and Transfer-Encoding");
    const auto length = with_parser([](auto& parser) { return parser.content_length(); });
    if (length) sink.content_length = *length;
    return {};
}

Result<std::size_t> MessageReader::State::explain(const beast::error_code& error) const {
    if (error == http::error::header_limit)
        return fail(Kind::too_large,
                    cat("the header is larger than ", limits.max_header, " bytes"));
    if (error == http::error::body_limit)
        return fail(Kind::too_large, cat("the body is larger than ", limits.max_body, " bytes"));
    return fail(Kind::invalid, cat("this is not a well-formed HTTP message: ", error.message()));
}

Result<std::size_t> MessageReader::feed(char* bytes, std::size_t size) {
    auto& state = *state_;
    auto& sink = state.sink;
    sink.body_size = 0;
    sink.bytes_begin = bytes;
    sink.bytes_end = bytes + size;
    std::size_t used = 0;
    const bool had_head = sink.head_done;
    if (state.plain) return sink.done ? 0 : state.take_plain_body({bytes, size});
    // Only where a message begins: one that came in pieces has been shown to the parser already.
    if (size > 0 && !std::exchange(state.started, true) && !state.head_only)
        if (const auto head = state.take_plain_head({bytes, size})) return head;
    if (!state.has_parser()) state.make_parser();
    while (used < size && !sink.done) {
        beast::error_code error;
        const auto n = state.with_parser([&](auto& parser) {
            return parser.put(boost::asio::const_buffer(bytes + used, size - used), error);
        });
        if (sink.folded) return fail(Kind::invalid, "a header line is folded over two lines");
        if (!had_head) {
            state.head_bytes += n;
            if (state.head_bytes > state.limits.max_header)
                return state.explain(http::error::header_limit);
        }
        used += n;
        if (error == http::error::need_more) {
            if (!sink.head_done && has_bare_line_feed({bytes + used, size - used}))
                return fail(Kind::invalid, "a header line does not end in CR LF");
            if (sink.head_done && size - used > kMaxChunkHead)
                return fail(Kind::invalid, "a chunk has a size line longer than 4096 bytes");
            if (!sink.head_done && state.head_bytes + size - used > state.limits.max_header)
                return state.explain(http::error::header_limit);
            break;
        }
        // The parser judges the announced length before it calls the head complete.
        if (error == http::error::body_limit) sink.head_done = true;
        if (error) return state.explain(error);
        if (!had_head && sink.head_done) {
            if (auto fine = state.check_head(); !fine) return fail_as(fine);
            break;
        }
    }
    return used;
}

Result<void> MessageReader::end_of_input() {
    beast::error_code error;
    state_->sink.body_size = 0;
    if (state_->has_parser())
        state_->with_parser([&](auto& parser) {
            if (parser.got_some()) parser.put_eof(error);
        });
    if (state_->sink.done) return {};
    return fail(Kind::connection, state_->sink.head_done
                                      ? "the connection was closed in the middle of the body"
                                      : "the connection was closed before the answer");
}

bool MessageReader::started() const {
    return state_->started;
}
bool MessageReader::head_done() const {
    return state_->sink.head_done;
}
bool MessageReader::done() const {
    return state_->sink.done;
}
std::string_view MessageReader::body() const {
    return {state_->sink.body_start, state_->sink.body_size};
}
const std::string& MessageReader::method() const {
    return state_->sink.method;
}
const std::string& MessageReader::target() const {
    return state_->sink.target;
}
int MessageReader::status() const {
    return state_->sink.status;
}
wire::Headers& MessageReader::headers() {
    return state_->sink.fields.headers;
}
bool MessageReader::expects_continue() const {
    return state_->sink.expects_continue;
}
std::optional<std::uint64_t> MessageReader::content_length() const {
    return state_->sink.content_length;
}
bool MessageReader::old_http() const {
    return state_->sink.old_http;
}
bool MessageReader::keep_alive() const {
    if (state_->plain) return true;
    return state_->with_parser([](auto& parser) { return parser.keep_alive(); });
}

}  // namespace ogem::net
