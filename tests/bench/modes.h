// The two things the load generator can do.
#pragma once

#include <string>

namespace ogem::bench {

struct Load {
    int port = 0;
    int rate = 0;  // requests per second
    int seconds = 0;
    int connections = 0;  // at most, for constant rates; open streams otherwise
    std::string body;     // of each request
};

// Sends requests at a constant rate, whether or not answers keep up (open loop), and prints
// {"requests","errors","p50_us","p90_us","p99_us","max_us"}. Latency counts from the moment a
// request was due.
int run_rate(const Load& load);

// Opens that many streams, prints "ready" once each has had an event, and then answers each line on
// stdin with {"events","open"}: events since "ready". Ends with stdin.
int run_streams(const Load& load);

}  // namespace ogem::bench
