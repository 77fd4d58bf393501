// What the fake provider sends in answer to one request, and when. Plain values, no sockets.
#pragma once

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace ogem::fake {

using Microseconds = std::chrono::microseconds;

// `bytes`, then a pause of `wait`; both `repeat` times.
struct Step {
    std::string bytes;
    Microseconds wait{0};
    std::uint32_t repeat = 1;
};

enum class Ending : std::uint8_t {
    keep,   // the connection waits for its next request
    close,  // FIN, after what was sent
    reset,  // RST
    hang,   // nothing more is said until the other side gives up
};

struct Plan {
    std::vector<Step> steps;
    Ending ending = Ending::keep;
    Microseconds idle_close{-1};  // after a kept answer: FIN once idle for so long; negative: never
    int status = 200;
    std::string refused;  // what the provider found wrong with the request; empty: nothing
};

// How the body is delimited on the wire.
enum class Framing : std::uint8_t { chunked, length, until_close };

// Each function below turns payload steps into the next layer's.

// A gzip file made of stored blocks, one for each step: what a provider sends that compresses
// although nobody asked for it.
std::vector<Step> gzipped(const std::vector<Step>& payload);

// One chunk per step. `last_chunk` false: the body stays open-ended.
std::vector<Step> chunked(std::vector<Step> payload, bool last_chunk);

// At most `piece` bytes at a time with `wait` between them, so that heads, chunks and characters
// are cut anywhere.
std::vector<Step> dripped(const std::vector<Step>& steps, std::size_t piece, Microseconds wait);

// Neighbours without a pause between them made one: one write, as from a fast provider.
std::vector<Step> joined(std::vector<Step> steps);

std::size_t size_of(const std::vector<Step>& steps);  // bytes, repeats counted

}  // namespace ogem::fake
