// Where the configuration comes from, on a disk of its own (contract section 1).
#include "config_source.h"

#include "check.h"
#include "files.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

using namespace ogem;
using namespace ogem::daemon;

namespace {

class Folder {
public:
    Folder() {
        char name[] = "/tmp/ogem-test-XXXXXX";
        path_ = std::string(mkdtemp(name)) + "/";
    }
    ~Folder() { std::filesystem::remove_all(path_); }
    Folder(const Folder&) = delete;
    Folder& operator=(const Folder&) = delete;

    std::string write(const std::string& name, const std::string& text, mode_t mode = 0600) {
        const auto file = path_ + name;
        std::filesystem::create_directories(std::filesystem::path(file).parent_path());
        std::ofstream(file) << text;
        chmod(file.c_str(), mode);
        return file;
    }
    const std::string& path() const { return path_; }

private:
    std::string path_;
};

const Fetch kNoFetch = [](const std::string&, const Secret&) -> Result<std::string> {
    return fail(Kind::internal, "nothing should be fetched");
};

// An environment in which no file outside `folder` is looked at.
config::Environment only(const Folder& folder, config::Environment more = {}) {
    more.emplace("XDG_CONFIG_HOME", folder.path() + "xdg");
    return more;
}

ConfigSource found(const Folder& folder, const config::Environment& env, Options options = {}) {
    auto source = find_configuration(options, env, kNoFetch, folder.path());
    REQUIRE(source);
    return std::move(*source);
}

}  // namespace

TEST_CASE(
    "flag, then CONFIG_SOURCE, then ./config.yaml, then the user's, else nothing (A1, row 9)") {
    Folder folder;
    const auto env = only(folder);
    CHECK_FALSE(found(folder, env).sources.text);
    folder.write("xdg/ogem/config.yaml", "port: 4\n");
    CHECK(found(folder, env).sources.text == "port: 4\n");
    folder.write("config.yaml", "port: 3\n");
    CHECK(found(folder, env).sources.text == "port: 3\n");
    const auto named = only(folder, {{"CONFIG_SOURCE", folder.write("two.yaml", "port: 2\n")}});
    CHECK(found(folder, named).sources.text == "port: 2\n");
    Options options;
    options.config = folder.write("one.yaml", "port: 1\n");
    const auto source = found(folder, named, options);
    CHECK(source.sources.text == "port: 1\n");
    CHECK(source.sources.name == *options.config);
}

TEST_CASE("a named source that cannot be read is a failure that says why (A1)") {
    Folder folder;
    Options options;
    options.config = folder.path() + "missing.yaml";
    auto source = find_configuration(options, only(folder), kNoFetch, folder.path());
    REQUIRE_FALSE(source);
    CHECK(source.error().message ==
          "the configuration " + *options.config + " cannot be read: No such file or directory");
    options.config = folder.path();
    CHECK_FALSE(find_configuration(options, only(folder), kNoFetch, folder.path()));
    options.config = folder.write("big.yaml", std::string((1 << 20) + 1, '#'));
    source = find_configuration(options, only(folder), kNoFetch, folder.path());
    REQUIRE_FALSE(source);
    CHECK(source.error().kind == Kind::too_large);
}

TEST_CASE("an address is fetched with the token (A2, A3)") {
    Folder folder;
    std::string asked, token;
    const Fetch fetch = [&](const std::string& url, const Secret& t) -> Result<std::string> {
        asked = url;
        token = t.reveal();
        return "port: 5\n";
    };
    const auto env =
        only(folder, {{"CONFIG_SOURCE", "https://h/c.yaml"}, {"CONFIG_TOKEN", "secret"}});
    const auto source = find_configuration({}, env, fetch, folder.path());
    REQUIRE(source);
    CHECK(source->sources.text == "port: 5\n");
    CHECK(source->sources.name == "https://h/c.yaml");
    CHECK(asked == "https://h/c.yaml");
    CHECK(token == "secret");

    const Fetch refuses = [](const std::string& url, const Secret&) -> Result<std::string> {
        return fail(Kind::upstream, url + " answered 404");
    };
    const auto failed = find_configuration({}, env, refuses, folder.path());
    REQUIRE_FALSE(failed);
    CHECK(failed.error().message == "the configuration https://h/c.yaml answered 404");
}

TEST_CASE("the private daemon never reads the working directory") {
    Folder folder;
    folder.write("config.yaml", "port: 3\n");
    folder.write(".env", "OPENAI_API_KEY=k\n");
    folder.write("configs/credentials.json", "[]");
    folder.write("configs/models.json", "[]");
    Options options;
    options.is_private = true;
    const auto source = found(folder, only(folder), options);
    CHECK_FALSE(source.sources.text);
    CHECK(source.sources.dotenv.empty());
    CHECK_FALSE(source.sources.pool_files);
    CHECK(source.complaints.empty());
}

TEST_CASE("a file that others may write or own chooses nothing (contract section 1, 9.21)") {
    Folder folder;
    const auto yaml = folder.write("config.yaml", "port: 3\n", 0666);
    const auto env_file = folder.write(".env", "OPENAI_API_KEY=k\n", 0620);
    auto source = found(folder, only(folder));
    CHECK_FALSE(source.sources.text);
    CHECK(source.sources.dotenv.empty());
    REQUIRE(source.complaints.size() == 2);
    CHECK(config::to_text(source.complaints[0]) ==
          env_file +
              ": warning: this file is ignored: others may write it; after chmod go-w it "
              "would be used [W408]");
    CHECK(source.complaints[1].file == yaml);
    if (geteuid() != 0) return;  // only root can give files away
    chmod(yaml.c_str(), 0600);
    CHECK(chown(yaml.c_str(), 12345, 12345) == 0);
    std::filesystem::remove(env_file);
    source = found(folder, only(folder));
    CHECK_FALSE(source.sources.text);
    REQUIRE(source.complaints.size() == 1);
    CHECK(source.complaints[0].message.find("another user (uid 12345)") != std::string::npos);
    // A link of theirs to a file of ours is refused as well.
    std::filesystem::remove(yaml);
    std::filesystem::create_symlink(folder.write("mine.yaml", "port: 9\n"), yaml);
    CHECK(found(folder, only(folder)).sources.text == "port: 9\n");
    CHECK(lchown(yaml.c_str(), 12345, 12345) == 0);
    CHECK_FALSE(found(folder, only(folder)).sources.text);
}

TEST_CASE(".env of the working directory is read, and may name the source (A19)") {
    Folder folder;
    folder.write(".env", "CONFIG_SOURCE=" + folder.write("x.yaml", "port: 8\n") + "\nPORT=9\n");
    const auto source = found(folder, only(folder));
    CHECK(source.sources.text == "port: 8\n");
    CHECK(source.sources.dotenv.at("PORT") == "9");
}

TEST_CASE("both files of the pool are found without a configuration (9.8)") {
    Folder folder;
    folder.write("configs/credentials.json", "[]");
    CHECK_FALSE(found(folder, only(folder)).sources.pool_files);
    folder.write("configs/models.json", "[]");
    CHECK(found(folder, only(folder)).sources.pool_files);
}

TEST_CASE(
    "--check prints every complaint and a summary, and leaves with 5 on errors (cli.md 2.7)") {
    Folder folder;
    Options options;
    options.check = true;
    options.config = folder.write("c.yaml", "prot: 1\n");
    std::ostringstream out, err;
    CHECK(check(options, only(folder), kNoFetch, out, err, folder.path()) == 5);
    CHECK(out.str() == *options.config +
                           ":1:1: error: unknown key 'prot'; did you mean 'port'? "
                           "[E101]\n1 error, 0 warnings\n");
    CHECK(err.str().empty());

    out.str("");
    options.check_format = CheckFormat::github;
    check(options, only(folder), kNoFetch, out, err, folder.path());
    CHECK(out.str().starts_with("::error file="));

    out.str("");
    options.check_format = CheckFormat::json;
    check(options, only(folder), kNoFetch, out, err, folder.path());
    CHECK(out.str().starts_with("{\"ok\":false,\"errors\":1,\"warnings\":0,\"diagnostics\":[{"));

    out.str("");
    options.check_format = CheckFormat::text;
    options.config = folder.write("ok.yaml", "port: 1\n");
    CHECK(check(options, only(folder), kNoFetch, out, err, folder.path()) == 0);
    CHECK(out.str() == "no errors\n");

    options.config = folder.path() + "missing";
    CHECK(check(options, only(folder), kNoFetch, out, err, folder.path()) == 1);
    CHECK(err.str().find("cannot be read") != std::string::npos);
}

TEST_CASE("an unset key is a warning, and an error only when keys are asked for (A21)") {
    Folder folder;
    Options options;
    options.check = true;
    options.config = folder.write("c.yaml", "providers: {openai: {discover: true}}\n");
    std::ostringstream out, err;
    CHECK(check(options, only(folder), kNoFetch, out, err, folder.path()) == 0);
    options.check_env = true;
    CHECK(check(options, only(folder), kNoFetch, out, err, folder.path()) == 5);
}

TEST_CASE("api_key_file and api_key_cmd give the key; a check without --check-env runs nothing") {
    Folder folder;
    const auto mark = folder.path() + "ran";
    const auto key = folder.write("key", "from-file\n");
    Options options;
    options.config = folder.write(
        "c.yaml", "providers:\n  a: {base_url: \"http://h\", discover: true, api_key_file: " + key +
                      "}\n  b: {base_url: \"http://h\", discover: true, api_key_cmd: /bin/touch " +
                      mark + "}\n");
    options.check = true;
    std::ostringstream out, err;
    CHECK(check(options, only(folder), kNoFetch, out, err, folder.path()) == 0);
    CHECK_FALSE(exists(mark));
    options.check = false;
    const auto loaded = load_configuration(options, only(folder), kNoFetch, folder.path());
    REQUIRE(loaded);
    CHECK(exists(mark));
    CHECK(loaded->config.providers.at(0).credentials.at(0).key.reveal() == "from-file");
    REQUIRE(loaded->complaints.size() == 1);
    CHECK(loaded->complaints[0].message == "cmd:/bin/touch gave an empty key");
}

TEST_CASE("a command runs without a shell and its failure never shows its arguments (9.20)") {
    CHECK(run_command("/bin/echo a  $HOME ;b") == "a $HOME ;b\n");
    CHECK(run_command("/bin/false --token=abc").error().message ==
          "api_key_cmd /bin/false failed with exit code 1");
    CHECK(run_command("/no/such/program abc").error().message ==
          "api_key_cmd /no/such/program cannot be run: No such file or directory");
    CHECK(run_command(" ").error().kind == Kind::invalid);
    CHECK(run_command("/bin/sleep 20", std::chrono::milliseconds(50)).error().message ==
          "api_key_cmd /bin/sleep took longer than 50 ms");
    CHECK(run_command("/usr/bin/yes").error().kind == Kind::too_large);
}

TEST_CASE("proxies and trusted certificates of .env lie beneath the real environment") {
    Folder folder;
    folder.write(".env", "HTTPS_PROXY=http://env.test:1\nSSL_CERT_FILE=/ca.pem\nNO_PROXY=a\n");
    const auto seen =
        with_dotenv(Options(), {{"NO_PROXY", "b"}, {"HTTPS_PROXY", " "}}, folder.path());
    CHECK(seen.at("HTTPS_PROXY") == "http://env.test:1");
    CHECK(seen.at("SSL_CERT_FILE") == "/ca.pem");
    CHECK(seen.at("NO_PROXY") == "b");
    Options of_a_private_daemon;
    of_a_private_daemon.is_private = true;
    CHECK(with_dotenv(of_a_private_daemon, {}, folder.path()).empty());
}
