// Whatever a token endpoint answers, a token fits in a header line and lives, and a failure is one
// line without our secrets. The first two bytes choose who asked and the status.
#include "auth/google/token_answer.h"

#include <cstdint>
#include <cstdlib>
#include <string>

namespace {

using namespace ogem::auth::google;

Credentials user() {
    AuthorizedUser user;
    user.client_id = "id";
    user.client_secret = ogem::Secret("d-very-secret");
    user.refresh_token = ogem::Secret("1//0refresh-me");
    user.token_url = *ogem::wire::parse_url("https://token.test/t");
    return {"/user.json (a user's login)", user, ""};
}

Credentials machine() {
    return {"this machine", MetadataServer{*ogem::wire::parse_url("http://metadata.test")}, ""};
}

void check(const TokenResult& result) {
    if (result) {
        const auto& text = result->text.reveal();
        if (text.empty() || text.find_first_of(" \r\n") != std::string::npos) std::abort();
        if (result->lifetime <= ogem::Duration::zero()) std::abort();
        return;
    }
    const auto& message = result.error().error.message;
    if (message.empty() || message.size() > 1000) std::abort();
    if (message.find_first_of("\r\n") != std::string::npos) std::abort();
    if (message.find("d-very-secret") != std::string::npos) std::abort();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
    if (size < 2) return 0;
    const auto credentials = data[0] % 2 ? machine() : user();
    const int status = data[1] % 2 ? 200 : 200 + data[1] * 2;
    const std::string body(reinterpret_cast<const char*>(data) + 2, size - 2);
    const auto request = token_request(credentials, 1'700'000'000);
    const ogem::wire::Headers headers{{"metadata-flavor", "Google"}, {"retry-after", body}};
    check(read_token_answer(credentials, *request, status, headers, body));
    const auto project =
        read_project_answer(std::get<MetadataServer>(machine().holder), status, headers, body);
    if (project && (project->empty() || project->find('\n') != std::string::npos)) std::abort();
    return 0;
}
