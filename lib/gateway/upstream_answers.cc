#include "gateway/upstream_answers.h"

#include <algorithm>

namespace ogem::gateway {

UpstreamAnswers::UpstreamAnswers(net::Loop& loop,
                                 std::vector<std::unique_ptr<UpstreamAnswer>> answers)
    : loop_(loop),
      answers_(std::move(answers)),
      copies_(static_cast<int>(answers_.size())),
      news_(std::make_shared<net::Signal>()) {}

Task<std::vector<chat::Event>> UpstreamAnswers::more() {
    if (answers_.size() > 1) {
        auto several = more_of_several();
        co_return co_await several;
    }
    auto& answer = *answers_.front();
    auto reading = answer.more();
    co_await reading;
    co_return answer.events().take();
}

Task<std::vector<chat::Event>> UpstreamAnswers::more_of_several() {
    if (followers_.empty()) {
        for (auto& answer : answers_) followers_.push_back(follow(*answer));
        for (auto& follower : followers_) follower.start();
    }
    waiting_.wake_all();
    for (std::size_t i = 0; i < answers_.size(); ++i) take(i);
    if (told_.all().empty()) {
        news_->clear();
        auto news = news_->wait();
        co_await news;
        for (std::size_t i = 0; i < answers_.size(); ++i) take(i);
    }
    co_return told_.take();
}

// Reads one answer as fast as the others' reader takes it.
Task<> UpstreamAnswers::follow(UpstreamAnswer& answer) {
    while (!answer.over()) {
        auto reading = answer.more();
        co_await reading;
        // Not from in here: whoever waits may destroy this task.
        loop_.later([news = news_] { news->raise(); });
        if (answer.over()) break;
        net::Crowd::Waiter taken(waiting_, loop_, TimePoint::max());
        co_await taken;
    }
}

void UpstreamAnswers::take(std::size_t index) {
    auto& answer = *answers_[index];
    for (const auto& event : answer.events().take())
        copies_.take(static_cast<int>(index), event, told_);
}

bool UpstreamAnswers::maybe_charged() const {
    return std::ranges::any_of(answers_,
                               [](const auto& answer) { return answer->maybe_charged(); });
}

std::size_t UpstreamAnswers::untold_bytes() const {
    std::size_t bytes = 0;
    for (const auto& answer : answers_) bytes += answer->untold_bytes();
    return bytes;
}

void UpstreamAnswers::no_more_needed() {
    for (auto& answer : answers_) answer->no_more_needed();
}

}  // namespace ogem::gateway
