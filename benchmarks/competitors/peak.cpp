// What the core can do: independent chains of fused multiply-adds in registers, nothing else. Speaks the protocol of
// serve.h, with one verb of its own:
//   peak <bits> <milliseconds>      peak <bits> <GFLOP/s, median> <GFLOP/s, best>
#include <immintrin.h>

#include <cstdio>
#include <iostream>
#include <sstream>
#include <string>

#include "timing.h"

struct Bits128 {
    using Vector = __m128;
    static constexpr int lanes = 4;
    static Vector set(float x) { return _mm_set1_ps(x); }
    static Vector fma(Vector a, Vector b, Vector c) { return _mm_fmadd_ps(a, b, c); }
};

struct Bits256 {
    using Vector = __m256;
    static constexpr int lanes = 8;
    static Vector set(float x) { return _mm256_set1_ps(x); }
    static Vector fma(Vector a, Vector b, Vector c) { return _mm256_fmadd_ps(a, b, c); }
};

#ifdef __AVX512F__
struct Bits512 {
    using Vector = __m512;
    static constexpr int lanes = 16;
    static Vector set(float x) { return _mm512_set1_ps(x); }
    static Vector fma(Vector a, Vector b, Vector c) { return _mm512_fmadd_ps(a, b, c); }
};
#endif

// 12 chains: more than latency times throughput asks for, and they fit in 16 registers.
template <class V>
void chains(long rounds) {
    constexpr int count = 12;
    typename V::Vector a[count];
    for (int i = 0; i < count; i++) a[i] = V::set(i * 1e-3f);
    typename V::Vector x = V::set(0.999f), y = V::set(1e-6f);
    for (long k = 0; k < rounds; k++) {
#pragma GCC unroll 12
        for (int i = 0; i < count; i++) a[i] = V::fma(a[i], x, y);
        asm volatile("" : "+x"(x), "+x"(y));
    }
    for (int i = 0; i < count; i++) asm volatile("" : : "x"(a[i]));
}

template <class V>
void report(int bits, double budget) {
    constexpr long rounds = 1000;
    Timing t = measure(budget, [] { chains<V>(rounds); });
    const double flop = 12.0 * rounds * V::lanes * 2;
    std::printf("peak %d %.2f %.2f\n", bits, flop / t.median_ns, flop / t.min_ns);
}

int main() {
    for (std::string line; std::getline(std::cin, line);) {
        std::istringstream request(line);
        std::string verb;
        int bits = 0;
        double milliseconds = 0;
        request >> verb >> bits >> milliseconds;
        double budget = milliseconds / 1000;
        if (verb == "peak" && bits == 128) report<Bits128>(bits, budget);
        else if (verb == "peak" && bits == 256) report<Bits256>(bits, budget);
#ifdef __AVX512F__
        else if (verb == "peak" && bits == 512) report<Bits512>(bits, budget);
#endif
        else std::printf("skip \"%s\"; expected peak 128, 256 or (where the machine has it) 512, and milliseconds\n", line.c_str());
        std::fflush(stdout);
    }
}
