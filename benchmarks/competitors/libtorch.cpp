// libtorch, in two ways: as everybody writes it (modules, autograd, torch::optim::SGD), and as its kernels allow at best
// (no autograd, every tensor preallocated, out= variants, the update inside addmm_).
#include <ATen/Parallel.h>
#include <torch/torch.h>

#include "serve.h"

inline torch::Tensor tensor(Floats values, at::IntArrayRef shape) { return torch::from_blob(static_cast<float*>(values), shape).clone(); }

struct Data {
    torch::Tensor x, values, classes;

    Data(const Network& network, int batch)
        : x(tensor(inputs(network, batch), {batch, network.widths.front()})), values(tensor(targets(network, batch), {batch, network.widths.back()})) {
        std::vector<int> given = labels(network, batch);
        classes = torch::tensor(std::vector<std::int64_t>(given.begin(), given.end()));
    }
};

class Autograd {
  public:
    Autograd(const Network& network, int batch, Phase, float rate) : loss_(network.loss), data_(network, batch) {
        for (int l = 0; l < network.layers(); l++) {
            torch::nn::Linear linear(network.inputs(l), network.outputs(l));
            torch::NoGradGuard loading;
            linear->weight.copy_(tensor(weights(network, l), {network.inputs(l), network.outputs(l)}).t());
            linear->bias.copy_(tensor(bias(network, l), {network.outputs(l)}));
            module_->push_back(linear);
            switch (network.after(l)) {
                case Activation::relu: module_->push_back(torch::nn::ReLU()); break;
                case Activation::tanh: module_->push_back(torch::nn::Tanh()); break;
                case Activation::sigmoid: module_->push_back(torch::nn::Sigmoid()); break;
                case Activation::linear: break;
            }
        }
        optimizer_ = std::make_unique<torch::optim::SGD>(module_->parameters(), rate);
    }

    void infer() {
        c10::InferenceMode guard;
        y_ = module_->forward(data_.x);
    }

    float train() {
        optimizer_->zero_grad();
        torch::Tensor y = module_->forward(data_.x);
        torch::Tensor loss = loss_ == Loss::mse ? torch::mse_loss(y, data_.values) : torch::nn::functional::cross_entropy(y, data_.classes);
        loss.backward();
        optimizer_->step();
        return loss.item<float>();
    }

    const float* output() const { return y_.data_ptr<float>(); }

  private:
    Loss loss_;
    Data data_;
    torch::nn::Sequential module_;
    std::unique_ptr<torch::optim::SGD> optimizer_;
    torch::Tensor y_;
};

class Kernels {
  public:
    Kernels(const Network& network, int batch, Phase, float rate) : loss_(network.loss), batch_(batch), rate_(rate), data_(network, batch) {
        one_hot_ = torch::one_hot(data_.classes, network.widths.back()).to(torch::kFloat);
        for (int l = 0; l < network.layers(); l++) {
            const int k = network.inputs(l), m = network.outputs(l);
            layers_.push_back({network.after(l), tensor(weights(network, l), {k, m}), tensor(bias(network, l), {m}), torch::empty({batch, m}), torch::empty({batch, m}), torch::empty({m})});
        }
    }

    void infer() {
        c10::InferenceMode guard;
        const torch::Tensor* x = &data_.x;
        for (Layer& layer : layers_) {
            at::addmm_out(layer.y, layer.b, *x, layer.w);
            switch (layer.activation) {
                case Activation::relu: layer.y.relu_(); break;
                case Activation::tanh: layer.y.tanh_(); break;
                case Activation::sigmoid: layer.y.sigmoid_(); break;
                case Activation::linear: break;
            }
            x = &layer.y;
        }
    }

    float train() {
        c10::InferenceMode guard;
        infer();
        Layer& last = layers_.back();
        float loss;
        if (loss_ == Loss::mse) {
            at::sub_out(last.dy, last.y, data_.values);
            loss = last.dy.square().mean().item<float>();
            last.dy.mul_(2.0 / last.dy.numel());
            multiply_by_slope(last);
        } else {
            at::_log_softmax_out(last.dy, last.y, 1, false);
            loss = -(last.dy * one_hot_).sum().item<float>() / batch_;
            last.dy.exp_().sub_(one_hot_).mul_(1.0 / batch_);
        }
        for (std::size_t l = layers_.size(); l-- > 0;) {
            Layer& layer = layers_[l];
            if (l > 0) {
                at::mm_out(layers_[l - 1].dy, layer.dy, layer.w.t());
                multiply_by_slope(layers_[l - 1]);
            }
            layer.w.addmm_((l > 0 ? layers_[l - 1].y : data_.x).t(), layer.dy, 1, -rate_);
            at::sum_out(layer.db, layer.dy, at::IntArrayRef{0});
            layer.b.sub_(layer.db, rate_);
        }
        return loss;
    }

    const float* output() const { return layers_.back().y.data_ptr<float>(); }

  private:
    struct Layer {
        Activation activation;
        torch::Tensor w, b, y, dy, db;
    };

    static void multiply_by_slope(Layer& layer) {
        switch (layer.activation) {
            case Activation::relu: at::threshold_backward_out(layer.dy, layer.dy, layer.y, 0); break;
            case Activation::tanh: at::tanh_backward_out(layer.dy, layer.dy, layer.y); break;
            case Activation::sigmoid: at::sigmoid_backward_out(layer.dy, layer.dy, layer.y); break;
            case Activation::linear: break;
        }
    }

    Loss loss_;
    int batch_;
    float rate_;
    Data data_;
    torch::Tensor one_hot_;
    std::vector<Layer> layers_;
};

int main() {
    at::set_num_threads(1);
    return serve(TORCH_VERSION, {{"libtorch", entry<Autograd>()}, {"libtorch-kernels", entry<Kernels>()}});
}
