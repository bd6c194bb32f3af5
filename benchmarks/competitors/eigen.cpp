// Eigen: with sizes known to the compiler for the five networks of the table, and with sizes from the command line for
// any other shape.
#define EIGEN_DONT_PARALLELIZE
#define EIGEN_NO_DEBUG
#define EIGEN_STACK_ALLOCATION_LIMIT 0
#include <Eigen/Dense>
#include <tuple>

#include "mlp.h"

// Eigen wants a column vector column-major.
template <int Rows, int Columns>
using Values = Eigen::Matrix<float, Rows, Columns, Columns == 1 && Rows != 1 ? Eigen::ColMajor : Eigen::RowMajor>;

using Any = Values<Eigen::Dynamic, Eigen::Dynamic>;
using AnyRow = Eigen::Matrix<float, 1, Eigen::Dynamic, Eigen::RowMajor>;
template <class T>
using In = Eigen::Map<const T, Eigen::Aligned64>;
template <class T>
using Out = Eigen::Map<T, Eigen::Aligned64>;

struct EigenProduct {
    int batch, inputs, outputs;

    EigenProduct(int batch, int inputs, int outputs) : batch(batch), inputs(inputs), outputs(outputs) {}

    // A batch of one is a vector, and Eigen has another routine for that.
    void forward(const float* x, const float* w, float* y) const {
        if (batch == 1) Out<AnyRow>(y, outputs).noalias() = In<AnyRow>(x, inputs) * In<Any>(w, inputs, outputs);
        else Out<Any>(y, batch, outputs).noalias() = In<Any>(x, batch, inputs) * In<Any>(w, inputs, outputs);
    }

    void input_gradient(const float* dy, const float* w, float* dx) const {
        if (batch == 1) Out<AnyRow>(dx, inputs).noalias() = In<AnyRow>(dy, outputs) * In<Any>(w, inputs, outputs).transpose();
        else Out<Any>(dx, batch, inputs).noalias() = In<Any>(dy, batch, outputs) * In<Any>(w, inputs, outputs).transpose();
    }

    void update(const float* x, const float* dy, float* w) const {
        if (batch == 1) Out<Any>(w, inputs, outputs).noalias() += In<AnyRow>(x, inputs).transpose() * In<AnyRow>(dy, outputs);
        else Out<Any>(w, inputs, outputs).noalias() += In<Any>(x, batch, inputs).transpose() * In<Any>(dy, batch, outputs);
    }
};

template <Activation A, int Batch, int Inputs, int Outputs>
struct FixedLayer {
    Values<Inputs, Outputs> w;
    Values<1, Outputs> b;
    Values<Batch, Outputs> y, dy;

    void load(const Network& network, int layer) {
        std::copy_n(static_cast<const float*>(weights(network, layer)), w.size(), w.data());
        std::copy_n(static_cast<const float*>(bias(network, layer)), b.size(), b.data());
    }

    template <class X>
    void forward(const X& x) {
        y.noalias() = x * w;
        add_bias_and_activate(y.data(), b.data(), Batch, Outputs, A);
    }
};

template <Loss L, Activation Hidden, Activation Output, int Batch, int... Widths>
class FixedMlp {
    static constexpr int layers = sizeof...(Widths) - 1;
    static constexpr int widths[] = {Widths...};

    template <int... I>
    static auto layers_of(std::integer_sequence<int, I...>) -> std::tuple<FixedLayer<(I == layers - 1 ? Output : Hidden), Batch, widths[I], widths[I + 1]>...>;

  public:
    static bool is(const Network& network, int batch) {
        return batch == Batch && network.loss == L && network.hidden == Hidden && network.output == Output && network.widths == std::vector<int>{Widths...};
    }

    FixedMlp(const Network& network, int, Phase, float rate) : rate_(rate), loss_(network, Batch) {
        std::copy_n(static_cast<const float*>(inputs(network, Batch)), x_.size(), x_.data());
        load<0>(network);
    }

    void infer() { forward<0>(x_); }

    float train() {
        infer();
        auto& last = std::get<layers - 1>(layers_);
        float loss = loss_(last.y.data(), last.dy.data());
        backward<layers - 1>();
        return loss;
    }

    const float* output() const { return std::get<layers - 1>(layers_).y.data(); }

  private:
    template <int I>
    void load(const Network& network) {
        std::get<I>(layers_).load(network, I);
        if constexpr (I + 1 < layers) load<I + 1>(network);
    }

    template <int I, class X>
    void forward(const X& x) {
        auto& layer = std::get<I>(layers_);
        layer.forward(x);
        if constexpr (I + 1 < layers) forward<I + 1>(layer.y);
    }

    template <int I>
    void backward() {
        auto& layer = std::get<I>(layers_);
        if constexpr (I > 0) {
            auto& below = std::get<I - 1>(layers_);
            below.dy.noalias() = layer.dy * layer.w.transpose();
            multiply_by_slope(below.dy.data(), below.y.data(), below.dy.size(), Hidden);
            layer.dy *= -rate_;
            layer.w.noalias() += below.y.transpose() * layer.dy;
        } else {
            layer.dy *= -rate_;
            layer.w.noalias() += x_.transpose() * layer.dy;
        }
        layer.b += layer.dy.colwise().sum();
        if constexpr (I > 0) backward<I - 1>();
    }

    float rate_;
    LossGradient loss_;
    Values<Batch, widths[0]> x_;
    decltype(layers_of(std::make_integer_sequence<int, layers>())) layers_;
};

// The one of several networks that was asked for.
template <class... Networks>
Entry one_of() {
    auto choose = [](const Network& network, int batch, auto use) {
        if (!((Networks::is(network, batch) && (use(entry<Networks>()), true)) || ...)) throw Unsupported("sizes were fixed for other networks when this was compiled");
    };
    return {
        [=](const Network& network, Phase phase, int batch, double budget) {
            Timing timing;
            choose(network, batch, [&](const Entry& e) { timing = e.measure(network, phase, batch, budget); });
            return timing;
        },
        [=](const Network& network, int batch, float rate) {
            std::string text;
            choose(network, batch, [&](const Entry& e) { text = e.check(network, batch, rate); });
            return text;
        }};
}

template <int Batch>
using Toy = FixedMlp<Loss::mse, Activation::relu, Activation::sigmoid, Batch, 3, 2>;
template <int Batch>
using Control = FixedMlp<Loss::mse, Activation::tanh, Activation::tanh, Batch, 8, 16, 16, 2>;
template <int Batch>
using Digits = FixedMlp<Loss::cross_entropy, Activation::relu, Activation::linear, Batch, 64, 32, 10>;
template <int Batch>
using Mnist = FixedMlp<Loss::cross_entropy, Activation::relu, Activation::linear, Batch, 784, 128, 10>;
template <int Batch>
using Wide = FixedMlp<Loss::cross_entropy, Activation::relu, Activation::linear, Batch, 256, 256, 256, 10>;

int main() {
    return serve(std::to_string(EIGEN_WORLD_VERSION) + "." + std::to_string(EIGEN_MAJOR_VERSION) + "." + std::to_string(EIGEN_MINOR_VERSION),
                 {{"Eigen", entry<Mlp<EigenProduct>>()},
                  {"Eigen-fixed", one_of<Toy<1>, Control<1>, Digits<1>, Digits<32>, Mnist<1>, Mnist<64>, Wide<1>, Wide<128>>()}});
}
