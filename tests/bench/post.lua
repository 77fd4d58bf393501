-- wrk's request: a chat whose body comes from the environment.
wrk.method = "POST"
wrk.path = "/v1/chat/completions"
wrk.headers["content-type"] = "application/json"
wrk.headers["authorization"] = "Bearer x"
wrk.body = os.getenv("BENCH_BODY")

function done(summary, latency, requests)
  local errors = summary.errors.connect + summary.errors.read + summary.errors.write + summary.errors.status
                 + summary.errors.timeout
  io.write(string.format('RESULT {"requests":%d,"seconds":%.6f,"errors":%d,"p50_us":%.1f}\n',
           summary.requests, summary.duration / 1e6, errors, latency:percentile(50)))
end
