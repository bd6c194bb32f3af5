#pragma once
// What lies between the matrix products, in plain loops: GCC makes vectors of them, exp and tanh included (-O3
// -march=native -ffast-math takes them from glibc's vector mathematics). A batch is [rows, columns], row-major.

#include <cmath>

#include "network.h"

template <Activation A>
inline float activate(float x) {
    if constexpr (A == Activation::relu) return x > 0 ? x : 0;
    if constexpr (A == Activation::tanh) return std::tanh(x);
    if constexpr (A == Activation::sigmoid) return 1 / (1 + std::exp(-x));
    return x;
}

// d(activation)/dx, from the activation's value y.
template <Activation A>
inline float slope(float y) {
    if constexpr (A == Activation::relu) return y > 0 ? 1 : 0;
    if constexpr (A == Activation::tanh) return 1 - y * y;
    if constexpr (A == Activation::sigmoid) return y * (1 - y);
    return 1;
}

// Calls f with the activation as a constant: outside the loops, not in them.
template <class F>
inline void with_activation(Activation activation, F f) {
    switch (activation) {
        case Activation::linear: return f(std::integral_constant<Activation, Activation::linear>());
        case Activation::relu: return f(std::integral_constant<Activation, Activation::relu>());
        case Activation::tanh: return f(std::integral_constant<Activation, Activation::tanh>());
        case Activation::sigmoid: return f(std::integral_constant<Activation, Activation::sigmoid>());
    }
}

// y = activation(y + bias), one pass.
inline void add_bias_and_activate(float* __restrict y, const float* __restrict bias, int rows, int columns, Activation activation) {
    with_activation(activation, [=](auto a) {
        for (int i = 0; i < rows; i++)
            for (int j = 0; j < columns; j++) y[i * columns + j] = activate<a()>(y[i * columns + j] + bias[j]);
    });
}

// dy = dy · activation'(…), from the activation's values.
inline void multiply_by_slope(float* __restrict dy, const float* __restrict y, int count, Activation activation) {
    if (activation == Activation::linear) return;
    with_activation(activation, [=](auto a) {
        for (int i = 0; i < count; i++) dy[i] *= slope<a()>(y[i]);
    });
}

// values = values · factor
inline void scale(float* values, int count, float factor) {
    for (int i = 0; i < count; i++) values[i] *= factor;
}

// sums = sums + Σ rows
inline void add_rows(float* __restrict sums, const float* __restrict values, int rows, int columns) {
    for (int i = 0; i < rows; i++)
        for (int j = 0; j < columns; j++) sums[j] += values[i * columns + j];
}

// The loss of a batch, and the gradient of what the last layer's matrix product gave.
class LossGradient {
  public:
    LossGradient(const Network& network, int batch)
        : kind_(network.loss), activation_(network.output), rows_(batch), columns_(network.widths.back()), targets_(targets(network, batch)), labels_(labels(network, batch)) {
        if (kind_ == Loss::cross_entropy && activation_ != Activation::linear) throw std::invalid_argument("cross-entropy is of logits: expected linear outputs");
    }

    float operator()(const float* y, float* __restrict dy) const { return kind_ == Loss::mse ? squares(y, dy) : cross_entropy(y, dy); }

  private:
    float squares(const float* __restrict y, float* __restrict dy) const {
        float sum = 0;
        const float* __restrict t = targets_;
        const int count = rows_ * columns_;
        const float factor = 2.0f / count;
        with_activation(activation_, [&](auto a) {
            for (int i = 0; i < count; i++) {
                float difference = y[i] - t[i];
                sum += difference * difference;
                dy[i] = factor * difference * slope<a()>(y[i]);
            }
        });
        return sum / count;
    }

    float cross_entropy(const float* __restrict y, float* __restrict dy) const {
        float total = 0;
        const int columns = columns_;
        const float share = 1.0f / rows_;
        for (int i = 0; i < rows_; i++, y += columns, dy += columns) {
            float largest = y[0], sum = 0;
            for (int j = 1; j < columns; j++) largest = y[j] > largest ? y[j] : largest;
            for (int j = 0; j < columns; j++) sum += dy[j] = std::exp(y[j] - largest);
            for (int j = 0; j < columns; j++) dy[j] *= share / sum;
            dy[labels_[i]] -= share;
            total += std::log(sum) + largest - y[labels_[i]];
        }
        return total * share;
    }

    Loss kind_;
    Activation activation_;
    int rows_, columns_;
    Floats targets_;
    std::vector<int> labels_;
};
