#include "wire/data_url.h"

#include "wire/media_type.h"

#include <doctest/doctest.h>

using namespace ogem;
using namespace ogem::wire;

namespace {

std::string parsed(std::string_view url) {
    const auto data = parse_data_url(url);
    return data ? data->media_type + "|" + data->base64 : "error: " + data.error().message;
}

}  // namespace

TEST_CASE("a data URL may carry parameters (pitfall 51)") {
    CHECK(parsed("data:image/png;base64,iVBOR/+=") == "image/png|iVBOR/+=");
    CHECK(parsed("data:text/plain;charset=utf-8;base64,aGk=") == "text/plain|aGk=");
    CHECK(parsed("data:image/png;name=a.png;x=\"y\";BASE64,aGk=") == "image/png|aGk=");
    CHECK(parsed("DATA:Image/PNG;base64,aGk=") == "image/png|aGk=");
    CHECK(parsed("data:image/jpg;base64,aGk=") == "image/jpeg|aGk=");
}

TEST_CASE("a data URL without base64 is percent-encoded (pitfall 51)") {
    CHECK(parsed("data:text/plain,hi") == "text/plain|aGk=");
    CHECK(parsed("data:text/plain,h%69") == "text/plain|aGk=");
    CHECK(parsed("data:,hi") == "|aGk=");
    CHECK(parsed("data:text/plain,") == "text/plain|");
    CHECK(parsed("data:text/plain;base64x,hi") == "text/plain|aGk=");
}

TEST_CASE("base64 of any variant becomes the standard one (pitfall 52)") {
    CHECK(parsed("data:image/png;base64,a Gk\r\n\t=") == "image/png|aGk=");
    CHECK(parsed("data:image/png;base64,-_-_") == "image/png|+/+/");
    CHECK(parsed("data:image/png;base64,aGk") == "image/png|aGk=");
    CHECK(parsed("data:image/png;base64,aA") == "image/png|aA==");
    CHECK(parsed("data:image/png;base64,aGk%3D") == "image/png|aGk=");
    CHECK(normalised_base64("") == "");
}

TEST_CASE("what is no data URL says why, without its data") {
    CHECK(parsed("data:image/png;base64") ==
          "error: not a data URL: it has no comma before its data");
    CHECK(parsed("http://x/,") == "error: not a data URL: it has no comma before its data");
    CHECK(parsed("data:image/png;base64,a*b") == "error: its data is not base64");
    CHECK(parsed("data:image/png;base64,aG=k") == "error: its data is not base64");
    CHECK(parsed("data:image/png;base64,aaaaa") == "error: its base64 data is cut off");
    for (const auto* type : {"image", "/png", "image/", "a/b/c", "im age/png", "image/p\"ng"}) {
        CAPTURE(type);
        CHECK(parsed(std::string("data:") + type + ";base64,aGk=") ==
              "error: a data URL whose media type is malformed");
    }
}

TEST_CASE("the ending of a name tells its media type") {
    CHECK(media_type_of_name("gs://bkt/a.webp") == "image/webp");
    CHECK(media_type_of_name("r.PDF") == "application/pdf");
    CHECK(media_type_of_name("https://x/a.b/photo.JPEG?size=1.png") == "image/jpeg");
    CHECK(media_type_of_name("a#1?.pdf") == "application/pdf");
    CHECK(media_type_of_name("gs://bucket.png/file") == "");
    CHECK(media_type_of_name("a.unknown") == "");
    CHECK(media_type_of_name("") == "");
}

TEST_CASE("base64 gives its bytes back") {
    CHECK(wire::base64_decoded("aGVsbG8=") == "hello");
    CHECK(wire::base64_decoded("/w==") == "\xff");
    CHECK(wire::base64_decoded("") == "");
}
