#include "gateway/support/house.h"

#include "base/log.h"
#include "base/text.h"
#include "json/scan.h"

namespace ogem::test {

config::Provider provider(std::string name, std::vector<std::string> models) {
    config::Provider out;
    out.base_url = cat("http://", name, ".test/v1");
    out.credentials.push_back({"KEY", Secret("sk-" + name), false});
    config::Region region;
    region.name = name;
    for (auto& model : models) region.models.emplace_back().name = std::move(model);
    out.regions.push_back(std::move(region));
    out.name = std::move(name);
    return out;
}

std::shared_ptr<config::Config> config_of(std::vector<config::Provider> providers) {
    auto config = std::make_shared<config::Config>();
    config->providers = std::move(providers);
    return config;
}

namespace {

std::vector<config::Provider> plain_providers(std::initializer_list<std::string> names) {
    std::vector<config::Provider> out;
    for (const auto& name : names) out.push_back(provider(name));
    return out;
}

}  // namespace

House::House(std::shared_ptr<const config::Config> config,
             std::shared_ptr<gateway::Traffic> traffic, gateway::GoogleIdentity google)
    : traffic_(traffic ? std::move(traffic) : std::make_shared<gateway::Traffic>()) {
    log::configure(log::Level::error, log::Format::text);
    auto generation = gateway::make_generation(std::move(config), std::move(google), *traffic_);
    REQUIRE(generation.has_value());
    gateway.use(*generation);
}

House::House(std::initializer_list<std::string> names) : House(config_of(plain_providers(names))) {}

Task<> House::live(gateway::Incoming incoming) {
    auto task = gateway.answer(std::move(incoming), client);
    co_await task;
    loop.stop();
}

void House::begin(std::string body, wire::Headers headers) {
    gateway::Incoming incoming;
    incoming.operation = operation;
    incoming.request_id = "r1";
    headers_ = std::move(headers);
    body_ = std::move(body);
    json::reserve_padding(body_);
    incoming.headers = &headers_;
    incoming.body = body_;
    incoming.arrived = loop.now();
    task_ = live(std::move(incoming));
    task_.start();
}

void House::run(Duration patience) {
    net::Timer guard(loop, {[](void* self) { static_cast<net::Loop*>(self)->stop(); }, &loop});
    guard.arm(Clock::now() + patience);
    loop.run();
}

void House::ask(std::string body, wire::Headers headers) {
    begin(std::move(body), std::move(headers));
    run(10s);
    CHECK(task_.done());
    task_.reset();
}

void House::ask_and_leave(std::string body, Duration stay) {
    begin(std::move(body), {});
    run(stay);
    CHECK(!task_.done());
    task_.reset();
}

std::string House::asked() const {
    std::string out;
    for (const auto& authority : providers.authorities())
        append(out, out.empty() ? "" : " ", authority.substr(0, authority.find('.')));
    return out;
}

}  // namespace ogem::test
