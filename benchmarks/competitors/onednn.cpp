// oneDNN, in two ways: its sgemm inside the hand-written perceptron, and its own inner-product primitives, with
// activations fused as post-operations, on plain weights and on weights in the layout that the library prefers.
#include <dnnl.hpp>
#include <unordered_map>

#include "mlp.h"

struct DnnlSgemm {
    int batch, inputs, outputs;

    DnnlSgemm(int batch, int inputs, int outputs) : batch(batch), inputs(inputs), outputs(outputs) {}

    void forward(const float* x, const float* w, float* y) const { dnnl_sgemm('N', 'N', batch, outputs, inputs, 1, x, inputs, w, outputs, 0, y, outputs); }
    void input_gradient(const float* dy, const float* w, float* dx) const { dnnl_sgemm('N', 'T', batch, inputs, outputs, 1, dy, outputs, w, outputs, 0, dx, inputs); }
    void update(const float* x, const float* dy, float* w) const { dnnl_sgemm('T', 'N', inputs, outputs, batch, 1, x, inputs, dy, outputs, 1, w, outputs); }
};

using Tag = dnnl::memory::format_tag;

template <bool OwnLayout>
class InnerProducts {
  public:
    InnerProducts(const Network& network, int batch, Phase phase, float rate) : batch_(batch), rate_(rate), input_(inputs(network, batch)), loss_(network, batch) {
        for (int l = 0; l < network.layers(); l++) add(network, l, phase);
    }

    void infer() {
        for (Layer& layer : layers_) layer.forward.run(stream_);
        stream_.wait();
    }

    float train() {
        infer();
        float loss = loss_(layers_.back().y, layers_.back().dy);
        for (std::size_t l = layers_.size(); l-- > 0;) {
            Layer& layer = layers_[l];
            if (l > 0) {
                Layer& below = layers_[l - 1];
                layer.input_gradient.run(stream_);
                multiply_by_slope(below.dy, below.y, batch_ * below.outputs, below.activation);
            }
            layer.weight_gradient.run(stream_);
            descend(layer.w_values, layer.dw_values, layer.w_count);
            descend(layer.b, layer.db, layer.outputs);
        }
        return loss;
    }

    const float* output() const { return layers_.back().y; }

  private:
    struct Call {
        dnnl::primitive primitive;
        std::unordered_map<int, dnnl::memory> arguments;
        void run(dnnl::stream& stream) { primitive.execute(stream, arguments); }
    };

    struct Layer {
        int outputs;
        Activation activation;
        Floats b, db, y, dy;
        dnnl::memory w, dw;
        float *w_values, *dw_values;
        std::size_t w_count;
        Call forward, input_gradient, weight_gradient;
    };

    void add(const Network& network, int l, Phase phase) {
        using namespace dnnl;
        const memory::dim n = batch_, k = network.inputs(l), m = network.outputs(l);
        const auto f32 = memory::data_type::f32;
        memory::desc x({n, k}, f32, Tag::nc), y({n, m}, f32, Tag::nc), b({m}, f32, Tag::x);
        memory::desc plain({m, k}, f32, Tag::io), wanted({m, k}, f32, OwnLayout ? Tag::any : Tag::io);

        primitive_attr fused;
        post_ops operations;
        switch (network.after(l)) {
            case Activation::relu: operations.append_eltwise(1, algorithm::eltwise_relu, 0, 0); break;
            case Activation::tanh: operations.append_eltwise(1, algorithm::eltwise_tanh, 0, 0); break;
            case Activation::sigmoid: operations.append_eltwise(1, algorithm::eltwise_logistic, 0, 0); break;
            case Activation::linear: break;
        }
        fused.set_post_ops(operations);
        inner_product_forward::primitive_desc forward({phase == Phase::train ? prop_kind::forward_training : prop_kind::forward_inference, x, wanted, b, y}, fused, engine_);
        const memory::desc w = forward.weights_desc();

        layers_.push_back({network.outputs(l), network.after(l), bias(network, l), Floats(m), Floats(n * m), Floats(n * m),
                           memory(w, engine_), memory(w, engine_), nullptr, nullptr, w.get_size() / sizeof(float), {}, {}, {}});
        Layer& layer = layers_.back();
        layer.w_values = static_cast<float*>(layer.w.get_data_handle());
        layer.dw_values = static_cast<float*>(layer.dw.get_data_handle());
        Floats start = weights(network, l);
        memory given(plain, engine_, static_cast<float*>(start));
        reorder(given, layer.w).execute(stream_, given, layer.w);
        stream_.wait();

        memory x_memory(x, engine_, l > 0 ? static_cast<float*>(layers_[l - 1].y) : static_cast<float*>(input_));
        memory y_memory(y, engine_, static_cast<float*>(layer.y)), dy_memory(y, engine_, static_cast<float*>(layer.dy));
        memory b_memory(b, engine_, static_cast<float*>(layer.b)), db_memory(b, engine_, static_cast<float*>(layer.db));
        layer.forward = {inner_product_forward(forward), {{DNNL_ARG_SRC, x_memory}, {DNNL_ARG_WEIGHTS, layer.w}, {DNNL_ARG_BIAS, b_memory}, {DNNL_ARG_DST, y_memory}}};
        if (phase == Phase::infer) return;
        if (l > 0) {
            memory dx_memory(x, engine_, static_cast<float*>(layers_[l - 1].dy));
            inner_product_backward_data::primitive_desc backward({x, w, y}, engine_, forward);
            layer.input_gradient = {inner_product_backward_data(backward), {{DNNL_ARG_DIFF_DST, dy_memory}, {DNNL_ARG_WEIGHTS, layer.w}, {DNNL_ARG_DIFF_SRC, dx_memory}}};
        }
        inner_product_backward_weights::primitive_desc backward({x, w, b, y}, engine_, forward);
        layer.weight_gradient = {inner_product_backward_weights(backward), {{DNNL_ARG_SRC, x_memory}, {DNNL_ARG_DIFF_DST, dy_memory}, {DNNL_ARG_DIFF_WEIGHTS, layer.dw}, {DNNL_ARG_DIFF_BIAS, db_memory}}};
    }

    void descend(float* __restrict values, const float* __restrict gradients, std::size_t count) const {
        for (std::size_t i = 0; i < count; i++) values[i] -= rate_ * gradients[i];
    }

    dnnl::engine engine_{dnnl::engine::kind::cpu, 0};
    dnnl::stream stream_{engine_};
    int batch_;
    float rate_;
    Floats input_;
    LossGradient loss_;
    std::vector<Layer> layers_;
};

int main() {
    const dnnl_version_t* v = dnnl_version();
    return serve(std::to_string(v->major) + "." + std::to_string(v->minor) + "." + std::to_string(v->patch),
                 {{"dnnl_sgemm", entry<Mlp<DnnlSgemm>>()}, {"oneDNN", entry<InnerProducts<false>>()}, {"oneDNN-packed", entry<InnerProducts<true>>()}});
}
