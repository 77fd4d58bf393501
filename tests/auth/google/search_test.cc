#include "auth/google/search.h"

#include "auth/support/has.h"
#include "auth/support/keys.h"
#include "base/text.h"

#include <doctest/doctest.h>

#include <map>
#include <string>
#include <vector>

using namespace ogem;
using namespace ogem::auth::google;
using namespace ogem::test;

namespace {

// A machine of the test's making, and the files that were looked at on it.
struct Machine {
    config::Environment env{{"HOME", "/home/me"}};
    std::string named_file;
    std::map<std::string, std::string> files;
    std::map<std::string, Kind> unreadable;
    std::vector<std::string> looked_at;

    Result<Credentials> search() {
        Surroundings around;
        around.env = env;
        around.named_file = named_file;
        around.read_file = [this](const std::string& path) { return read(path); };
        return find_credentials(around);
    }
    std::string refused(Kind kind) {
        const auto result = search();
        REQUIRE_FALSE(result);
        CHECK(result.error().kind == kind);
        return result.error().message;
    }

private:
    Result<std::string> read(const std::string& path) {
        looked_at.push_back(path);
        if (const auto bad = unreadable.find(path); bad != unreadable.end())
            return fail(bad->second, path + " cannot be read: Permission denied");
        if (const auto file = files.find(path); file != files.end()) return file->second;
        return fail(Kind::not_found, path + " cannot be read: No such file or directory");
    }
};

const std::string kGcloud = "/home/me/.config/gcloud/application_default_credentials.json";
const std::string kProduct = "/sys/class/dmi/id/product_name";

template <class Holder>
bool holds(const Result<Credentials>& found) {
    return found && std::holds_alternative<Holder>(found->holder);
}

}  // namespace

TEST_CASE("the file that GOOGLE_APPLICATION_CREDENTIALS names comes first") {
    Machine machine;
    machine.named_file = "/etc/key.json";
    machine.files = {{"/etc/key.json", service_account()}, {kGcloud, authorized_user()}};
    CHECK(holds<ServiceAccount>(machine.search()));
    CHECK(machine.looked_at == std::vector<std::string>{"/etc/key.json"});
}

TEST_CASE("a named file that cannot be used ends the search: it was meant") {
    Machine machine;
    machine.named_file = "/etc/key.json";
    machine.files = {{kGcloud, authorized_user()}};
    CHECK(
        machine.refused(Kind::not_found) ==
        "GOOGLE_APPLICATION_CREDENTIALS: /etc/key.json cannot be read: No such file or directory");
    machine.unreadable = {{"/etc/key.json", Kind::io}};
    CHECK(has(machine.refused(Kind::io), "Permission denied"));
    machine.unreadable.clear();
    machine.files["/etc/key.json"] = "{}";
    CHECK(has(machine.refused(Kind::invalid), "/etc/key.json"));
}

TEST_CASE("credentials instead of a path are refused and not repeated (promise 13)") {
    Machine machine;
    machine.named_file = service_account();
    const auto message = machine.refused(Kind::invalid);
    CHECK(has(message, "set the variable to its path"));
    CHECK(!has(message, "PRIVATE KEY"));
    CHECK(machine.looked_at.empty());
}

TEST_CASE("then gcloud's file, where CLOUDSDK_CONFIG or HOME say it is") {
    Machine machine;
    machine.files = {{kGcloud, authorized_user()}, {kProduct, "Google Compute Engine\n"}};
    CHECK(holds<AuthorizedUser>(machine.search()));
    machine.env["CLOUDSDK_CONFIG"] = "/cfg";
    CHECK(holds<MetadataServer>(machine.search()));
    machine.files["/cfg/application_default_credentials.json"] = service_account();
    CHECK(holds<ServiceAccount>(machine.search()));
}

TEST_CASE("a file of gcloud's that is there and cannot be used is not passed over") {
    Machine machine;
    machine.files = {{kGcloud, R"({"type":"external_account"})"}, {kProduct, "Google"}};
    CHECK(has(machine.refused(Kind::invalid), "external_account"));
    machine.unreadable = {{kGcloud, Kind::io}};
    CHECK(has(machine.refused(Kind::io), kGcloud));
}

TEST_CASE("the metadata server is asked only on Google's machines, or where it is named") {
    Machine machine;
    machine.files = {{kProduct, "Standard PC (Q35 + ICH9, 2009)\n"}};
    machine.refused(Kind::unauthorized);
    machine.files[kProduct] = "  Google Compute Engine\n";
    const auto found = machine.search();
    REQUIRE(holds<MetadataServer>(found));
    CHECK(found->token_url() == *wire::parse_url("http://metadata.google.internal"));
    machine.files.clear();
    machine.env["GCE_METADATA_ROOT"] = "old.test";
    CHECK(machine.search()->token_url().host == "old.test");
    machine.env["GCE_METADATA_HOST"] = "127.0.0.1:8181";
    CHECK(machine.search()->token_url() == *wire::parse_url("http://127.0.0.1:8181"));
    machine.env["GCE_METADATA_HOST"] = "no host";
    CHECK(has(machine.refused(Kind::invalid), "GCE_METADATA_HOST"));
}

TEST_CASE("NO_GCE_CHECK=true keeps us from the metadata server") {
    Machine machine;
    machine.files = {{kProduct, "Google"}};
    machine.env["GCE_METADATA_HOST"] = "127.0.0.1:8181";
    machine.env["NO_GCE_CHECK"] = "true";
    CHECK(has(machine.refused(Kind::unauthorized), "NO_GCE_CHECK"));
    machine.env["NO_GCE_CHECK"] = "false";
    CHECK(holds<MetadataServer>(machine.search()));
}

TEST_CASE("where nothing is found, every place that was looked at is named") {
    Machine machine;
    const auto message = machine.refused(Kind::unauthorized);
    CHECK(has(message, "GOOGLE_APPLICATION_CREDENTIALS is not set"));
    CHECK(has(message, kGcloud + " does not exist"));
    CHECK(has(message, "no machine of Google's"));
    CHECK(has(message, "gcloud auth application-default login"));
    machine.env.clear();
    CHECK(has(machine.refused(Kind::unauthorized), "neither CLOUDSDK_CONFIG nor HOME"));
}

TEST_CASE("the project is the configured one, else the environment's, else the credentials'") {
    const auto key = *parse_credentials(service_account(), "/key.json");
    CHECK(find_project("mine", {{"GCLOUD_PROJECT", "env"}}, key) == "mine");
    CHECK(find_project("", {{"GCLOUD_PROJECT", "env"}}, key) == "env");
    CHECK(find_project("", {{"GCLOUD_PROJECT", ""}}, key) == "project-of-key");
    CHECK(find_project("", {}, *parse_credentials(authorized_user(), "/user.json")).empty());
}
