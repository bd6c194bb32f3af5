#pragma once
// The time of one call: as the C# side does it, so that the two are one measurement.

#include <algorithm>
#include <chrono>
#include <vector>

struct Timing {
    double min_ns;     // of the fastest batch of calls
    double median_ns;  // over the batches
    long calls;        // all that were timed
};

inline double seconds() { return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count(); }

// Warms up for a third of the budget, finds how many calls make a batch of some 200 µs, and times batches until the
// budget is used, three at least.
template <class Call>
Timing measure(double budget_seconds, Call call) {
    constexpr double batch_seconds = 200e-6;
    constexpr std::size_t least = 3;
    long calls = 1;
    double fastest = 1e9;  // of a call: an interruption in the warm-up must not make the batches short
    for (double end = seconds() + budget_seconds / 3;;) {
        double start = seconds();
        for (long i = 0; i < calls; i++) call();
        double now = seconds(), took = now - start;
        fastest = std::min(fastest, took / calls);
        if (took < batch_seconds) calls = std::max(calls + 1, static_cast<long>(calls * std::min(10.0, 1.1 * batch_seconds / std::max(took, 1e-9))));
        else if (now > end) break;
    }
    calls = std::max(1L, static_cast<long>(batch_seconds / fastest));

    std::vector<double> batches;
    for (double end = seconds() + budget_seconds * 2 / 3; batches.size() < least || seconds() < end;) {
        double start = seconds();
        for (long i = 0; i < calls; i++) call();
        batches.push_back((seconds() - start) / calls);
    }
    std::sort(batches.begin(), batches.end());
    return {batches.front() * 1e9, batches[batches.size() / 2] * 1e9, static_cast<long>(batches.size()) * calls};
}
