#include "net/resolver.h"

#include "base/clock.h"
#include "base/text.h"
#include "net/wait.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>

#include <condition_variable>
#include <cstring>
#include <deque>
#include <mutex>
#include <thread>
#include <unordered_map>

namespace ogem::net {

namespace {

constexpr Duration kKeep = 60s;
constexpr std::size_t kMaxKept = 1000;  // hosts

// One question. The thread fills `answer` before it posts; from then on it belongs to the loop.
struct Question {
    std::string host;
    Loop* loop = nullptr;
    Result<Addresses> answer{std::unexpect};
    Signal answered;
};

Result<Addresses> look_up(const std::string& host, int flags) {
    addrinfo hints{};
    hints.ai_socktype = SOCK_STREAM;
    hints.ai_flags = flags;
    addrinfo* found = nullptr;
    const int status = getaddrinfo(host.c_str(), nullptr, &hints, &found);
    if (status != 0)
        return fail(Kind::connection,
                    cat("the name ", host, " cannot be resolved: ", gai_strerror(status)));
    Addresses addresses;
    for (const auto* one = found; one; one = one->ai_next) {
        Address address;
        std::memcpy(&address.storage, one->ai_addr, one->ai_addrlen);
        address.size = one->ai_addrlen;
        addresses.push_back(address);
    }
    freeaddrinfo(found);
    return addresses;
}

Result<Addresses> with_port(Result<Addresses> addresses, unsigned short port) {
    if (!addresses) return addresses;
    for (auto& address : *addresses) {
        if (address.storage.ss_family == AF_INET6) {
            reinterpret_cast<sockaddr_in6&>(address.storage).sin6_port = htons(port);
        } else {
            reinterpret_cast<sockaddr_in&>(address.storage).sin_port = htons(port);
        }
    }
    return addresses;
}

}  // namespace

struct Resolver::Shared {
    std::mutex mutex;  // guards everything below
    std::condition_variable asked;
    std::deque<std::shared_ptr<Question>> questions;
    bool closed = false;
    bool thread_started = false;
    struct Kept {
        Addresses addresses;
        TimePoint until;
    };
    std::unordered_map<std::string, Kept> kept;

    void work() {
        std::unique_lock lock(mutex);
        while (true) {
            asked.wait(lock, [this] { return closed || !questions.empty(); });
            if (closed) return;
            const auto question = std::move(questions.front());
            questions.pop_front();
            lock.unlock();
            auto answer = look_up(question->host, AI_ADDRCONFIG);
            lock.lock();
            if (closed) return;
            if (answer) {
                if (kept.size() >= kMaxKept) kept.clear();
                kept[question->host] = {*answer, Clock::now() + kKeep};
            }
            question->answer = std::move(answer);
            question->loop->post([question] { question->answered.raise(); });
        }
    }
};

Resolver::Resolver() : shared_(std::make_shared<Shared>()) {}

Resolver::~Resolver() {
    const std::lock_guard lock(shared_->mutex);
    shared_->closed = true;
    shared_->asked.notify_all();
}

Task<Result<Addresses>> Resolver::resolve(Loop& loop, std::string host, unsigned short port) {
    in6_addr ignored;
    if (inet_pton(AF_INET, host.c_str(), &ignored) == 1 ||
        inet_pton(AF_INET6, host.c_str(), &ignored) == 1)
        co_return with_port(look_up(host, AI_NUMERICHOST), port);
    const auto question = std::make_shared<Question>();
    question->host = host;
    question->loop = &loop;
    {
        const std::lock_guard lock(shared_->mutex);
        const auto found = shared_->kept.find(host);
        if (found != shared_->kept.end() && found->second.until > loop.now())
            co_return with_port(found->second.addresses, port);
        if (!shared_->thread_started) {
            shared_->thread_started = true;
            std::thread([shared = shared_] { shared->work(); }).detach();
        }
        shared_->questions.push_back(question);
        shared_->asked.notify_one();
    }
    co_await question->answered.wait();
    co_return with_port(std::move(question->answer), port);
}

}  // namespace ogem::net
