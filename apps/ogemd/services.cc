#include "services.h"

#include "base/log.h"
#include "base/text.h"
#include "google_identity.h"
#include "listeners.h"
#include "net/systemd.h"

#include <malloc.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include <csignal>

namespace ogem::daemon {

namespace {

// Each stream takes two descriptors; the soft limit of 1024 is for programs that use select().
void raise_descriptor_limit() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

// Two habits of glibc, fixed. It would keep large buffers once it has seen one freed, and
// memory_limit would count what is no longer held. And it would give the end of the heap back to
// the system at 128 KB and take it again, page by page, with every body that lies there: 12 us a
// request of 20 KB.
void set_habits_of_malloc() {
#ifdef __GLIBC__
    ::mallopt(M_MMAP_THRESHOLD, 1 << 20);  // NOLINT(concurrency-mt-unsafe): no thread runs yet
    ::mallopt(M_TRIM_THRESHOLD, 4 << 20);  // NOLINT(concurrency-mt-unsafe)
#endif
}

log::Level level_of(std::string_view name) {
    if (name == "error") return log::Level::error;
    if (name == "warn") return log::Level::warn;
    return name == "debug" ? log::Level::debug : log::Level::info;
}

void configure_log(const config::Config& config) {
    log::configure(level_of(config.log_level),
                   config.log_format == "json" ? log::Format::json : log::Format::text);
}

void log_complaints(const std::vector<config::Diagnostic>& complaints) {
    for (const auto& complaint : complaints)
        log::write(
            complaint.severity == config::Severity::error ? log::Level::error : log::Level::warn,
            "configuration", {{"said", config::to_text(complaint)}});
}

}  // namespace

// A descriptor that the first worker's loop watches.
struct Services::Descriptor {
    int fd;
    net::Watch watch;
    Descriptor(net::Loop& loop, int descriptor) : fd(descriptor), watch(loop, descriptor) {}
};

Services::Services(config::Loaded loaded, Load load, config::Environment variables, Options options)
    : load_(std::move(load)),
      variables_(std::move(variables)),
      options_(options),
      memory_(loaded.config.memory_limit),
      loaded_(std::move(loaded)) {
    daemon_.started_at = std::chrono::system_clock::now();
    daemon_.stop = [this] { workers_.front()->loop.post([this] { stop(); }); };
    daemon_.reload = [this](net::Loop& asker, auto done) { reload(&asker, std::move(done)); };
    daemon_.effective_config = [this](bool with_origins) {
        const std::lock_guard lock(mutex_);
        return config::to_json(loaded_, with_origins);
    };
}

Services::~Services() {
    if (reloader_.joinable()) reloader_.join();
    discovery_.reset();
    watchdog_.reset();
    signals_.reset();
    owner_.reset();
}

Result<void> Services::run() {
    const auto& config = loaded_.config;
    configure_log(config);
    log_complaints(loaded_.complaints);
    raise_descriptor_limit();
    set_habits_of_malloc();
    google_ = find_google_identity(config, variables_);
    auto generation =
        gateway::make_generation(std::make_shared<config::Config>(config), google_, traffic_);
    if (!generation) return fail_as(generation);

    for (int i = 0; i < config.workers; ++i)
        workers_.push_back(
            std::make_unique<Worker>(resolver_, memory_, daemon_, shared_, config, variables_));
    if (auto listening = open_listeners(config, workers_, daemon_); !listening) return listening;
    for (auto& worker : workers_) worker->api.use(*generation);
    watch_signals();
    watch_owner();
    for (std::size_t i = 1; i < workers_.size(); ++i)
        threads_.emplace_back([worker = workers_[i].get()] { worker->loop.run(); });
    announce();
    start_discovery();
    workers_.front()->loop.run();
    for (auto& thread : threads_) thread.join();
    if (!daemon_.socket.empty()) ::unlink(daemon_.socket.c_str());
    return {};
}

void Services::watch_signals() {
    sigset_t set;
    sigemptyset(&set);
    for (const int signal : {SIGTERM, SIGINT, SIGHUP}) sigaddset(&set, signal);
    ::pthread_sigmask(SIG_BLOCK, &set,
                      nullptr);  // before any thread starts: all of them inherit it
    std::signal(SIGPIPE, SIG_IGN);
    const int fd = ::signalfd(-1, &set, SFD_NONBLOCK | SFD_CLOEXEC);
    signals_ = std::make_unique<Descriptor>(workers_.front()->loop, fd);
    signals_->watch.on_readable = {[](void* self) { static_cast<Services*>(self)->on_signal(); },
                                   this};
}

void Services::on_signal() {
    signalfd_siginfo info{};
    while (::read(signals_->fd, &info, sizeof info) == sizeof info) {
        if (info.ssi_signo == SIGHUP) {
            reload(nullptr, [](bool, const std::string&) {});
        } else {
            stop();
        }
    }
}

void Services::watch_owner() {
    if (options_.exit_with_fd < 0) return;
    owner_ = std::make_unique<Descriptor>(workers_.front()->loop, options_.exit_with_fd);
    owner_->watch.on_hangup = {[](void* self) { static_cast<Services*>(self)->stop(); }, this};
}

void Services::announce() {
    log::info("ready", {{"listen", join(daemon_.listen, ",")},
                        {"socket", daemon_.socket},
                        {"config", loaded_.config.source},
                        {"workers", loaded_.config.workers},
                        {"version", OGEM_VERSION}});
    net::notify_service_manager("READY=1");
    if (options_.ready_fd >= 0) {
        [[maybe_unused]] const auto n = ::write(options_.ready_fd, "1", 1);
        ::close(options_.ready_fd);
    }
    if (net::watchdog_interval() > Duration::zero()) pat_watchdog();
}

void Services::pat_watchdog() {
    auto& loop = workers_.front()->loop;
    net::notify_service_manager("WATCHDOG=1");
    if (!watchdog_)
        watchdog_ = std::make_unique<net::Timer>(
            loop,
            net::Hook{[](void* self) { static_cast<Services*>(self)->pat_watchdog(); }, this});
    watchdog_->arm(Clock::now() + net::watchdog_interval() / 3);
}

// The configuration is read on a thread of its own: it may come over the network. One at a time.
void Services::reload(net::Loop* asker, std::move_only_function<void(bool, std::string)> done) {
    {
        const std::lock_guard lock(mutex_);
        if (std::exchange(reloading_, true)) {
            if (asker)
                asker->post([done = std::move(done)]() mutable {
                    done(
                        false,
                        R"({"ok":false,"errors":1,"warnings":0,"diagnostics":[{"severity":"error",)"
                        R"("message":"a reload is under way already"}]})");
                });
            return;
        }
    }
    net::notify_service_manager("RELOADING=1");
    if (reloader_.joinable()) reloader_.join();
    reloader_ = std::thread([this, asker, done = std::move(done)]() mutable {
        auto [ok, diagnostics] = load_again();
        net::notify_service_manager("READY=1");
        {
            const std::lock_guard lock(mutex_);
            reloading_ = false;
        }
        if (asker)
            asker->post([done = std::move(done), ok, said = std::move(diagnostics)]() mutable {
                done(ok, std::move(said));
            });
    });
}

// On the reloader's thread. The verdict, and the complaints as JSON.
std::pair<bool, std::string> Services::load_again() {
    auto loaded = load_();
    if (!loaded) {
        config::Diagnostic unreadable;
        unreadable.message = loaded.error().message;
        loaded = config::Loaded{};
        loaded->complaints.push_back(std::move(unreadable));
    }
    log_complaints(loaded->complaints);
    auto diagnostics = config::to_json(loaded->complaints);
    const bool ok = loaded->ok() && put_in_force(std::move(*loaded));
    daemon_.last_reload_ok = ok;
    ok ? log::info("configuration reloaded")
       : log::error("configuration kept: the new one has errors");
    return {ok, std::move(diagnostics)};
}

bool Services::put_in_force(config::Loaded loaded) {
    auto google = find_google_identity(loaded.config, variables_);
    {
        const std::lock_guard lock(mutex_);
        std::swap(google_, google);
        if (auto renewed = renew(loaded.config); !renewed) {
            std::swap(google_, google);
            log::error("configuration kept", {{"reason", renewed.error().message}});
            return false;
        }
        loaded_ = std::move(loaded);
        configure_log(loaded_.config);
        memory_.set_limit(loaded_.config.memory_limit);
    }
    workers_.front()->loop.post([this] { start_discovery(); });
    return true;
}

// Makes `config`, with the models that were found, the one of every worker. REQUIRES: mutex_ is
// held, so that no older configuration overtakes a newer one.
Result<void> Services::renew(const config::Config& config) {
    auto amended = std::make_shared<config::Config>(gateway::with_findings(config, findings_));
    auto generation = gateway::make_generation(std::move(amended), google_, traffic_);
    if (!generation) return fail_as(generation);
    for (auto& worker : workers_)
        worker->loop.post(
            [worker = worker.get(), generation = *generation] { worker->api.use(generation); });
    return {};
}

// On the first worker's loop.
void Services::start_discovery() {
    std::shared_ptr<const config::Config> config;
    {
        const std::lock_guard lock(mutex_);
        config = std::make_shared<config::Config>(loaded_.config);
    }
    expect_models(true);
    if (!discovery_)
        discovery_ = std::make_unique<Discovery>(
            *workers_.front(), [this](auto findings) { remember(std::move(findings)); });
    discovery_->begin(std::move(config), daemon_.listen);
}

void Services::expect_models(bool expected) {
    for (auto& worker : workers_)
        worker->loop.post(
            [worker = worker.get(), expected] { worker->gateway.expect_models(expected); });
}

// On the first worker's loop. A provider that did not answer this time keeps what it said last.
void Services::remember(std::vector<gateway::Finding> findings) {
    const std::lock_guard lock(mutex_);
    for (auto& finding : findings) {
        std::erase_if(findings_, [&](const auto& old) { return old.provider == finding.provider; });
        findings_.push_back(std::move(finding));
    }
    if (!findings.empty())
        if (auto renewed = renew(loaded_.config); !renewed)
            log::warn("discovered models are not used", {{"reason", renewed.error().message}});
    expect_models(false);
}

// First call: requests under way may end. Second: no more patience.
void Services::stop() {
    net::notify_service_manager("STOPPING=1");
    const bool again = std::exchange(stopping_, true);
    if (!again) log::info("stopping");
    const auto patience = again ? Duration::zero() : loaded_.config.drain_timeout;
    for (auto& worker : workers_)
        worker->loop.post([worker = worker.get(), patience, again] {
            if (again) return worker->loop.stop();
            worker->server.drain(worker->loop.now() + patience, [worker] { worker->loop.stop(); });
        });
}

}  // namespace ogem::daemon
