// LIBXSMM: kernels jitted at construction for exactly the layer's shapes. It thinks in columns, so a row-major [a, b]
// is its column-major [b, a]: Y = X·W is Yᵀ = Wᵀ·Xᵀ, and no data moves.
#include <libxsmm.h>

#include "mlp.h"

struct Libxsmm {
    int batch, inputs, outputs;
    libxsmm_smmfunction forward_kernel, input_kernel, update_kernel;
    Floats transposed;  // Wᵀ, for dX: the jitter has no kernel that reads its first operand transposed

    Libxsmm(int batch, int inputs, int outputs) : batch(batch), inputs(inputs), outputs(outputs), transposed(std::size_t(inputs) * outputs) {
        forward_kernel = kernel(outputs, batch, inputs, outputs, inputs, outputs, 0, LIBXSMM_GEMM_FLAG_NONE);
        input_kernel = kernel(inputs, batch, outputs, inputs, outputs, inputs, 0, LIBXSMM_GEMM_FLAG_NONE);
        update_kernel = kernel(outputs, inputs, batch, outputs, inputs, outputs, 1, LIBXSMM_GEMM_FLAG_TRANS_B);
    }

    void forward(const float* x, const float* w, float* y) const { forward_kernel(w, x, y); }

    void input_gradient(const float* dy, const float* w, float* dx) {
        libxsmm_otrans(transposed, w, sizeof(float), outputs, inputs, outputs, inputs);
        input_kernel(transposed, dy, dx);
    }

    void update(const float* x, const float* dy, float* w) const { update_kernel(dy, x, w); }

  private:
    // C [m, n] = beta·C + A [m, k] · B [k, n], column-major, with their leading dimensions.
    static libxsmm_smmfunction kernel(int m, int n, int k, int lda, int ldb, int ldc, float beta, int flags) {
        const float alpha = 1;
        libxsmm_smmfunction made = libxsmm_smmdispatch(m, n, k, &lda, &ldb, &ldc, &alpha, &beta, &flags, nullptr);
        if (made == nullptr) throw Unsupported("LIBXSMM makes no kernel for this shape");
        return made;
    }
};

int main() {
    libxsmm_init();
    return serve(std::string(LIBXSMM_VERSION) + " (" + libxsmm_get_target_arch() + ")", {{"LIBXSMM", entry<Mlp<Libxsmm>>()}});
}
