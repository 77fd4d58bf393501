#include "net/pool.h"

#include "base/text.h"
#include "net/pool_parts.h"
#include "net/tls.h"

namespace ogem::net {

namespace {

constexpr Duration kSettleTime = 1s;  // how long the unneeded end of an answer may take
constexpr int kMaxSettleSteps = 16;   // reads in a row for it; one that is longer is not worth it

}  // namespace

Pool::Connection::Connection(Host& h, Link l, const Limits& limits)
    : host(h),
      link(std::move(l)),
      reader(MessageReader::Side::response, {limits.max_header, limits.max_body}),
      expiry(h.pool.loop_, {[](void* self) { static_cast<Connection*>(self)->drop(); }, this}) {
    ++host.open;
}

Pool::Connection::~Connection() {
    --host.open;
}

void Pool::Connection::drop() {
    (settling ? host.settling : host.idle).erase(place);
}

Result<IoResult> Pool::Connection::step() {
    char* const bytes = unseen ? unread.data() : unread.front();
    auto size = unread.size();
    IoResult got;
    if (!unseen) {
        got = link.read(bytes + size, kScratchSize - size);
        if (got.status != IoStatus::ok) return got;
        size += got.bytes;
    }
    auto taken = reader.feed(bytes, size);
    if (!taken) return fail_as(taken);
    unread.keep(bytes + *taken, size - *taken);
    unseen = *taken > 0 && !unread.empty();
    return got;
}

void Pool::Connection::read_rest() {
    for (int steps = 0; !reader.done(); ++steps) {
        if (!unseen && !link.watch().readable()) return;
        const auto got = step();
        if (!got || got->status == IoStatus::closed || got->status == IoStatus::failed ||
            steps > kMaxSettleSteps)
            return drop();
    }
    if (!reader.keep_alive() || !unread.empty()) return drop();
    settling = false;
    auto self = std::move(*place);
    host.settling.erase(place);
    host.give_back(std::move(self), keepalive);
}

std::unique_ptr<Pool::Connection> Pool::Host::take_idle() {
    if (idle.empty()) return nullptr;
    auto connection = std::move(idle.front());
    idle.pop_front();
    connection->expiry.disarm();
    connection->link.watch().on_readable = {};
    connection->link.watch().on_hangup = {};
    return connection;
}

void Pool::Host::settle(std::unique_ptr<Connection> connection, Duration keepalive) {
    auto& watch = connection->link.watch();
    auto& settled = *connection;
    settled.settling = true;
    settled.keepalive = keepalive;
    settled.expiry.arm(pool.loop_.now() + kSettleTime);
    watch.on_readable = {[](void* self) { static_cast<Connection*>(self)->read_rest(); }, &settled};
    settling.push_front(std::move(connection));
    settled.place = settling.begin();
    if (settled.unseen || watch.readable()) settled.read_rest();
}

void Pool::Host::give_back(std::unique_ptr<Connection> connection, Duration keepalive) {
    auto& watch = connection->link.watch();
    if (watch.hung_up()) return;
    connection->expiry.arm(pool.loop_.now() + keepalive);
    // Nothing is expected on an idle connection: bytes or an end both mean that it must not be used
    // again.
    const Hook drop{[](void* self) { static_cast<Connection*>(self)->drop(); }, connection.get()};
    watch.on_readable = drop;
    watch.on_hangup = drop;
    idle.push_front(std::move(connection));
    idle.front()->place = idle.begin();
}

Pool::Pool(Loop& loop, Resolver& resolver, TlsContext& tls, Limits limits)
    : loop_(loop), resolver_(resolver), tls_(tls), limits_(limits) {}

Pool::~Pool() = default;

Pool::Host& Pool::host_of(const UpstreamRequest& request) {
    thread_local std::string key;
    key.clear();
    append(key, request.url->tls ? "https " : "http ", request.url->host, ' ', request.url->port,
           ' ', request.credential_class);
    auto& host = hosts_[key];
    if (!host) host.reset(new Host{*this, {}, {}, 0});
    return *host;
}

std::unique_ptr<Transfer> Pool::send(UpstreamRequest request, Deadlines deadlines) {
    auto& host = host_of(request);
    return std::make_unique<PoolTransfer>(*this, host, std::move(request), deadlines);
}

std::size_t Pool::idle_connections() const {
    std::size_t count = 0;
    for (const auto& [key, host] : hosts_) count += host->idle.size();
    return count;
}

}  // namespace ogem::net
