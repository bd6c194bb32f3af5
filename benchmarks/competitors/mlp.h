#pragma once
// A perceptron written by hand over a library's matrix products: everything allocated beforehand, bias and activation
// in one pass behind the product, the SGD update inside the product of the weights' gradient (W += Xᵀ·(−rate·dY)).

#include "mathematics.h"
#include "network.h"
#include "serve.h"

// Product is constructed with (batch, inputs, outputs) of a layer, and has
//   forward(x, w, y)            Y  = X·W            [batch, outputs]
//   input_gradient(dy, w, dx)   dX = dY·Wᵀ          [batch, inputs]
//   update(x, dy, w)            W  = W + Xᵀ·dY      [inputs, outputs]
template <class Product>
class Mlp {
  public:
    Mlp(const Network& network, int batch, Phase, float rate) : batch_(batch), rate_(rate), input_(inputs(network, batch)), loss_(network, batch) {
        for (int l = 0; l < network.layers(); l++) {
            layers_.push_back({network.inputs(l), network.outputs(l), network.after(l), weights(network, l), bias(network, l),
                               Floats(std::size_t(batch) * network.outputs(l)), Floats(std::size_t(batch) * network.outputs(l)),
                               Product(batch, network.inputs(l), network.outputs(l))});
        }
    }

    void infer() {
        const float* x = input_;
        for (Layer& layer : layers_) {
            layer.product.forward(x, layer.w, layer.y);
            add_bias_and_activate(layer.y, layer.b, batch_, layer.outputs, layer.activation);
            x = layer.y;
        }
    }

    float train() {
        infer();
        float loss = loss_(layers_.back().y, layers_.back().dy);
        for (std::size_t l = layers_.size(); l-- > 0;) {
            Layer& layer = layers_[l];
            if (l > 0) {  // before W changes; nobody reads dX of the first layer
                Layer& below = layers_[l - 1];
                layer.product.input_gradient(layer.dy, layer.w, below.dy);
                multiply_by_slope(below.dy, below.y, batch_ * below.outputs, below.activation);
            }
            scale(layer.dy, batch_ * layer.outputs, -rate_);
            layer.product.update(l > 0 ? static_cast<const float*>(layers_[l - 1].y) : input_, layer.dy, layer.w);
            add_rows(layer.b, layer.dy, batch_, layer.outputs);
        }
        return loss;
    }

    const float* output() const { return layers_.back().y; }

  private:
    struct Layer {
        int inputs, outputs;
        Activation activation;
        Floats w, b, y, dy;
        Product product;
    };

    int batch_;
    float rate_;
    Floats input_;
    LossGradient loss_;
    std::vector<Layer> layers_;
};
