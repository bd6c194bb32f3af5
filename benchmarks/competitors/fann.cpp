// FANN. It has no rectifier and no cross-entropy, and it trains sample by sample: where a network has these, its linear
// piece (x cut off at 0 and 1) and a sigmoid take their place, which costs it about the same, and a check is refused.
#include <floatfann.h>

#include "serve.h"

class Fann {
  public:
    Fann(const Network& network, int batch, Phase, float rate)
        : batch_(batch), widths_(network.widths.begin(), network.widths.end()), exact_(is_exact(network)), x_(inputs(network, batch)), t_(targets(network, batch)), y_(std::size_t(batch) * widths_.back()) {
        fann_ = fann_create_standard_array(widths_.size(), widths_.data());
        if (fann_ == nullptr) throw std::bad_alloc();
        Activation output = network.loss == Loss::cross_entropy ? Activation::sigmoid : network.output;
        set_activation(network.hidden, [this](auto kind, float steepness) { fann_set_activation_function_hidden(fann_, kind), fann_set_activation_steepness_hidden(fann_, steepness); });
        set_activation(output, [this](auto kind, float steepness) { fann_set_activation_function_output(fann_, kind), fann_set_activation_steepness_output(fann_, steepness); });
        fann_set_training_algorithm(fann_, FANN_TRAIN_INCREMENTAL);
        fann_set_train_error_function(fann_, FANN_ERRORFUNC_LINEAR);
        fann_set_learning_momentum(fann_, 0);
        // Its error is t − y, halved for tanh; ours is the derivative of the mean of squares.
        halved_ = output == Activation::tanh;
        fann_set_learning_rate(fann_, rate * 2 / widths_.back() * (halved_ ? 2 : 1));
        load(network);
    }
    Fann(const Fann&) = delete;
    ~Fann() { fann_destroy(fann_); }

    void infer() {
        for (int i = 0; i < batch_; i++) {
            const float* y = fann_run(fann_, x_ + i * widths_.front());
            for (unsigned j = 0; j < widths_.back(); j++) y_[i * widths_.back() + j] = y[j];
        }
    }

    float train() {
        fann_reset_MSE(fann_);
        for (int i = 0; i < batch_; i++) fann_train(fann_, x_ + i * widths_.front(), t_ + i * widths_.back());
        return fann_get_MSE(fann_) * (halved_ ? 4 : 1);
    }

    const float* output() const {
        if (!exact_) throw Unsupported("FANN has neither a rectifier nor cross-entropy nor batches");
        return y_;
    }

  private:
    bool is_exact(const Network& network) const {
        return batch_ == 1 && network.loss == Loss::mse && network.output != Activation::relu && (network.hidden != Activation::relu || network.layers() == 1);
    }

    template <class Set>
    static void set_activation(Activation activation, Set set) {
        switch (activation) {
            case Activation::linear: return set(FANN_LINEAR, 1);
            case Activation::relu: return set(FANN_LINEAR_PIECE, 1);
            case Activation::tanh: return set(FANN_SIGMOID_SYMMETRIC, 1);
            case Activation::sigmoid: return set(FANN_SIGMOID, 0.5f);  // its sigmoid is 1/(1 + e^(−2·steepness·x))
        }
    }

    // A neuron's connections lie together: one from each neuron below, and the bias.
    void load(const Network& network) {
        int l = 0;
        for (fann_layer* layer = fann_->first_layer + 1; layer != fann_->last_layer; layer++, l++) {
            Floats w = weights(network, l), b = bias(network, l);
            for (int j = 0; j < network.outputs(l); j++) {
                float* connections = fann_->weights + layer->first_neuron[j].first_con;
                for (int k = 0; k < network.inputs(l); k++) connections[k] = w[k * network.outputs(l) + j];
                connections[network.inputs(l)] = b[j];
            }
        }
    }

    fann* fann_;
    int batch_;
    std::vector<unsigned> widths_;
    bool exact_, halved_;
    Floats x_, t_, y_;
};

int main() { return serve(VERSION, {{"FANN", entry<Fann>()}}); }
