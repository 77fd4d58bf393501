// Replays files through a fuzz target, for compilers without libFuzzer:  fuzz_sse FILE-or-FOLDER...
// Every input is also cut at each of its first 256 bytes, so that truncation is always covered.
#include <algorithm>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace {

int replay(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(in)), {});
    for (size_t cut = 0; cut <= std::min<size_t>(bytes.size(), 256); ++cut) {
        const std::string head = bytes.substr(0, cut);  // its own allocation: ASan sees an overread
        LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(head.data()), head.size());
    }
    LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
    return 1;
}

}  // namespace

int main(int argc, char** argv) {
    int files = 0;
    for (int i = 1; i < argc; ++i) {
        if (!std::filesystem::is_directory(argv[i])) {
            files += replay(argv[i]);
            continue;
        }
        for (const auto& entry : std::filesystem::recursive_directory_iterator(argv[i]))
            if (entry.is_regular_file()) files += replay(entry.path());
    }
    std::printf("replayed %d files\n", files);
    return files > 0 ? 0 : 1;
}
