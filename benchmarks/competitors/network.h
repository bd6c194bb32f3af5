#pragma once
// What is measured: a multi-layer perceptron, one line of text, and the numbers that go into it. The C# side
// draws the same numbers, so that one can ask whether everybody computed the same thing.

#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <new>
#include <sstream>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

enum class Activation { linear, relu, tanh, sigmoid };
enum class Loss { mse, cross_entropy };

inline Activation parse_activation(const std::string& text) {
    if (text == "linear") return Activation::linear;
    if (text == "relu") return Activation::relu;
    if (text == "tanh") return Activation::tanh;
    if (text == "sigmoid") return Activation::sigmoid;
    throw std::invalid_argument("activation \"" + text + "\"; expected linear, relu, tanh or sigmoid");
}

inline Loss parse_loss(const std::string& text) {
    if (text == "mse") return Loss::mse;
    if (text == "cross-entropy") return Loss::cross_entropy;
    throw std::invalid_argument("loss \"" + text + "\"; expected mse or cross-entropy");
}

// "64-32-10/relu/linear/cross-entropy": the widths, the activation between layers, the one after the last, the loss.
struct Network {
    std::string text;
    std::vector<int> widths;
    Activation hidden;
    Activation output;
    Loss loss;

    static Network parse(const std::string& text) {
        std::vector<std::string> parts = split(text, '/');
        if (parts.size() != 4) throw std::invalid_argument("network \"" + text + "\"; expected widths/hidden/output/loss");
        Network network{text, {}, parse_activation(parts[1]), parse_activation(parts[2]), parse_loss(parts[3])};
        for (const std::string& width : split(parts[0], '-')) network.widths.push_back(std::stoi(width));
        if (network.widths.size() < 2) throw std::invalid_argument("network \"" + text + "\"; expected at least two widths");
        return network;
    }

    int layers() const { return static_cast<int>(widths.size()) - 1; }
    int inputs(int layer) const { return widths[layer]; }
    int outputs(int layer) const { return widths[layer + 1]; }
    Activation after(int layer) const { return layer == layers() - 1 ? output : hidden; }

  private:
    static std::vector<std::string> split(const std::string& text, char separator) {
        std::vector<std::string> parts;
        std::istringstream stream(text);
        for (std::string part; std::getline(stream, part, separator);) parts.push_back(part);
        return parts;
    }
};

// Floats on a cache line's boundary, with a line of slack behind them.
class Floats {
  public:
    explicit Floats(std::size_t count) : data_(static_cast<float*>(std::aligned_alloc(64, (count + 31) / 16 * 64))), count_(count) {
        if (data_ == nullptr) throw std::bad_alloc();
        for (std::size_t i = 0; i < (count + 31) / 16 * 16; i++) data_[i] = 0;
    }
    Floats(Floats&& other) noexcept : data_(std::exchange(other.data_, nullptr)), count_(other.count_) {}
    Floats(const Floats&) = delete;
    ~Floats() { std::free(data_); }

    operator float*() { return data_; }
    operator const float*() const { return data_; }
    std::size_t count() const { return count_; }

  private:
    float* data_;
    std::size_t count_;
};

// Uniform in [-bound, bound), by hashing (stream, index): a multiplication and the finalizer of MurmurHash3. Exact in
// floats, so every language gets the same bits.
inline Floats uniform(std::uint32_t stream, std::size_t count, float bound) {
    Floats values(count);
    for (std::size_t i = 0; i < count; i++) {
        std::uint32_t h = (static_cast<std::uint32_t>(i) + 1) * 0x9E3779B9u ^ stream * 0x85EBCA6Bu;
        h = (h ^ h >> 16) * 0x85EBCA6Bu;
        h = (h ^ h >> 13) * 0xC2B2AE35u;
        h ^= h >> 16;
        values[i] = (static_cast<float>(h >> 8) * 0x1p-23f - 1) * bound;
    }
    return values;
}

inline Floats weights(const Network& n, int layer) {  // [inputs, outputs], row-major
    return uniform(layer, static_cast<std::size_t>(n.inputs(layer)) * n.outputs(layer), 1 / std::sqrt(static_cast<float>(n.inputs(layer))));
}

inline Floats bias(const Network& n, int layer) { return uniform(100 + layer, n.outputs(layer), 1 / std::sqrt(static_cast<float>(n.inputs(layer)))); }

inline Floats inputs(const Network& n, int batch) { return uniform(200, static_cast<std::size_t>(batch) * n.widths.front(), 1); }

inline Floats targets(const Network& n, int batch) { return uniform(201, static_cast<std::size_t>(batch) * n.widths.back(), 1); }

inline std::vector<int> labels(const Network& n, int batch) {
    std::vector<int> classes(batch);
    for (int i = 0; i < batch; i++) classes[i] = i % n.widths.back();
    return classes;
}
