#pragma once
// The protocol between a competitor's program and whoever drives it: a request per line on standard input, an answer
// per line on standard output. The program waits without using the processor, so that one driver alternates between many.
//
//   list                                              names <competitor>...
//   version                                           version <text>
//   measure <competitor> <network> <phase> <batch> <milliseconds>
//                                                     result <network> <competitor> <phase> <batch> <median ns> <min ns> <calls>
//   check <competitor> <network> <batch> <rate>       check <outputs> ; <losses> ; <outputs>
//   anything that it cannot do                        skip <why>
//
// <phase> is infer or train; a network is text as network.h has it. A check gives the first eight outputs of the batch,
// the losses of three training steps, and the outputs after them.

#include <cstdio>
#include <functional>
#include <iostream>
#include <map>
#include <memory>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "network.h"
#include "timing.h"

enum class Phase { infer, train };

// A competitor is a class with a constructor (network, batch, phase, rate), infer(), train() and output(), the outputs
// of the batch in a row. train() returns the loss from before the step. One that cannot do what is asked throws Unsupported.
struct Unsupported : std::runtime_error {
    using std::runtime_error::runtime_error;
};

constexpr float measured_rate = 0.001f;

struct Entry {
    std::function<Timing(const Network&, Phase, int batch, double seconds)> measure;
    std::function<std::string(const Network&, int batch, float rate)> check;
};

template <class Competitor>
std::string first_outputs(const Competitor& competitor, const Network& network, int batch) {
    std::ostringstream text;
    text.precision(9);
    for (int i = 0; i < std::min(8, batch * network.widths.back()); i++) text << ' ' << competitor.output()[i];
    return text.str();
}

template <class Competitor>
Entry entry() {
    return {
        [](const Network& network, Phase phase, int batch, double budget) {
            Competitor competitor(network, batch, phase, measured_rate);
            if (phase == Phase::infer) return measure(budget, [&] { competitor.infer(); asm volatile("" ::: "memory"); });
            volatile float loss;
            return measure(budget, [&] { loss = competitor.train(); asm volatile("" ::: "memory"); });
        },
        [](const Network& network, int batch, float rate) {
            Competitor trained(network, batch, Phase::train, rate), fresh(network, batch, Phase::infer, rate);
            fresh.infer();
            std::ostringstream text;
            text.precision(9);
            text << first_outputs(fresh, network, batch) << " ;";
            for (int step = 0; step < 3; step++) text << ' ' << trained.train();
            trained.infer();
            text << " ;" << first_outputs(trained, network, batch);
            return text.str();
        }};
}

inline void answer(const std::map<std::string, Entry>& entries, const std::string& version, const std::string& line) {
    std::istringstream request(line);
    std::string verb, competitor, text, phase;
    request >> verb;
    if (verb == "list") {
        std::printf("names");
        for (const auto& [name, entry] : entries) std::printf(" %s", name.c_str());
        std::printf("\n");
        return;
    }
    if (verb == "version") {
        std::printf("version %s\n", version.c_str());
        return;
    }

    request >> competitor >> text;
    auto found = entries.find(competitor);
    if (found == entries.end()) throw std::invalid_argument("competitor \"" + competitor + "\"; \"list\" says which there are");
    Network network = Network::parse(text);
    int batch = 0;
    if (verb == "measure") {
        double milliseconds = 0;
        request >> phase >> batch >> milliseconds;
        if (!request || batch < 1 || (phase != "infer" && phase != "train")) throw std::invalid_argument("expected: measure competitor network infer|train batch milliseconds");
        Timing t = found->second.measure(network, phase == "infer" ? Phase::infer : Phase::train, batch, milliseconds / 1000);
        std::printf("result %s %s %s %d %.3f %.3f %ld\n", text.c_str(), competitor.c_str(), phase.c_str(), batch, t.median_ns, t.min_ns, t.calls);
    } else if (verb == "check") {
        float rate = 0;
        request >> batch >> rate;
        if (!request || batch < 1) throw std::invalid_argument("expected: check competitor network batch rate");
        std::printf("check%s\n", found->second.check(network, batch, rate).c_str());
    } else {
        throw std::invalid_argument("\"" + verb + "\"; expected list, version, measure or check");
    }
}

inline int serve(const std::string& version, const std::map<std::string, Entry>& entries) {
    for (std::string line; std::getline(std::cin, line);) {
        if (line.empty()) continue;
        try {
            answer(entries, version, line);
        } catch (const std::exception& error) {
            std::string why = error.what();
            std::printf("skip %s\n", why.substr(0, why.find('\n')).c_str());
        }
        std::fflush(stdout);
    }
    return 0;
}
