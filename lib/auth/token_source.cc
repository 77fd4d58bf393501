#include "auth/token_source.h"

#include "auth/ask.h"
#include "base/log.h"
#include "base/text.h"

#include <algorithm>
#include <cassert>
#include <utility>

namespace ogem::auth {

namespace {

constexpr Duration kLongestPause = 10s;    // within one renewal
constexpr Duration kLongestRest = 10min;   // even if they ask for more
constexpr Duration kMachinePatience = 3s;  // for the metadata server, which is next door
constexpr Duration kRefusedAgain = 1min;

std::int64_t unix_seconds(const Moment& moment) {
    return std::chrono::duration_cast<std::chrono::seconds>(moment.wall.time_since_epoch()).count();
}

}  // namespace

TokenSource::TokenSource(net::Loop& loop, net::Sender& sender, google::Credentials credentials,
                         RefreshHabits habits)
    : loop_(loop),
      sender_(sender),
      given_(credentials),
      credentials_(std::move(credentials)),
      habits_(std::move(habits)),
      rest_(habits_.rest) {}

Moment TokenSource::now() const {
    if (habits_.now) return habits_.now();
    return {loop_.now(), std::chrono::system_clock::now()};
}

Freshness TokenSource::freshness() const {
    if (!held_) return Freshness::expired;
    return freshness_of(held_->token.lifetime, held_->asked_for, now());
}

Authorization TokenSource::held_authorization() const {
    auto lines = cat("Authorization: Bearer ", held_->token.text.reveal(), "\r\n");
    const auto* user = std::get_if<google::AuthorizedUser>(&credentials_.holder);
    if (user && !user->quota_project.empty())
        append(lines, "x-goog-user-project: ", user->quota_project, "\r\n");
    return {Secret(std::move(lines)), held_->serial};
}

std::unexpected<Error> TokenSource::resting_failure() const {
    auto error = failure_;
    error.retry_after = std::max<Duration>(not_before_ - now().steady, Duration::zero());
    return fail(std::move(error));
}

Task<Result<Authorization>> TokenSource::authorization(TimePoint deadline) {
    assert(loop_.is_inside());
    const auto self = shared_from_this();
    const auto is = freshness();
    if (is == Freshness::fresh) co_return held_authorization();
    if (!refreshing_ && now().steady >= not_before_) begin_refresh();
    if (is == Freshness::stale) co_return held_authorization();
    if (!refreshing_) co_return resting_failure();
    net::Crowd::Waiter wait(waiting_, loop_, deadline);
    const auto wake = co_await wait;
    if (wake == net::Wake::timeout)
        co_return fail(Kind::timeout, cat("no token for ", given_.name, " came in time"));
    if (!held_) co_return resting_failure();
    co_return held_authorization();
}

bool TokenSource::refused(const Authorization& used) {
    if (!held_ || used.serial() != held_->serial) return true;
    const auto at = now().steady;
    if (last_refused_ && at - *last_refused_ < kRefusedAgain) return false;
    last_refused_ = at;
    held_.reset();
    if (at >= not_before_)
        failure_ = Error{.kind = Kind::unauthorized,
                         .message = cat("the token of ", given_.name, " was refused")};
    return true;
}

void TokenSource::begin_refresh() {
    refreshing_ = true;
    refresh_ = refresh();
    refresh_.start();
}

Task<> TokenSource::refresh() {
    auto task = ask_until_it_works();
    auto result = co_await task;
    // Not from in here: whoever is woken may let go of this source, and so destroy this task.
    loop_.later([self = shared_from_this(), result = std::move(result)]() mutable {
        self->settle(std::move(result));
    });
}

Task<google::TokenResult> TokenSource::ask_until_it_works() {
    const bool machine = std::holds_alternative<google::MetadataServer>(credentials_.holder);
    const auto patience = machine ? std::min(habits_.patience, kMachinePatience) : habits_.patience;
    auto pause = habits_.pause;
    for (int tried = 1;; ++tried, pause *= 2) {
        asked_at_ = now();
        auto task = ask_for_token(loop_, sender_, credentials_, unix_seconds(asked_at_), patience);
        auto result = co_await task;
        if (result || !result.error().may_pass || tried >= habits_.tries) co_return result;
        const auto wait = std::max<Duration>(pause, result.error().error.retry_after);
        if (wait > kLongestPause) co_return result;
        co_await net::Sleep(loop_, loop_.now() + wait);
    }
}

void TokenSource::settle(google::TokenResult result) {
    refreshing_ = false;
    if (result) {
        take(std::move(*result));
    } else {
        rest_after(result.error());
    }
    waiting_.wake_all();
}

void TokenSource::take(google::Token token) {
    if (auto* user = std::get_if<google::AuthorizedUser>(&credentials_.holder);
        user && !token.refresh_token.empty())
        user->refresh_token = token.refresh_token;
    held_ = Held{std::move(token), asked_at_, ++serials_};
    not_before_ = {};
    rest_ = habits_.rest;
    if (std::exchange(told_, false)) log::info("token renewed", {{"credentials", given_.name}});
}

void TokenSource::rest_after(const google::Failure& failure) {
    failure_ = failure.error;
    const auto rest =
        std::max<Duration>(failure.may_pass ? rest_ : habits_.longest_rest,
                           std::min<Duration>(failure.error.retry_after, kLongestRest));
    not_before_ = now().steady + rest;
    rest_ = std::min(rest_ * 2, habits_.longest_rest);
    if (freshness() == Freshness::expired) {
        held_.reset();  // those who waited for it are told
    } else if (!std::exchange(told_, true)) {
        log::warn("token not renewed, the old one is still good",
                  {{"credentials", given_.name}, {"reason", failure_.message}});
    }
}

}  // namespace ogem::auth
