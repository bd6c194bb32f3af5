// OpenBLAS: sgemm, and for a single sample the matrix-vector routines.
#include <cblas.h>

#include "mlp.h"

extern "C" char* openblas_get_config();
extern "C" char* openblas_get_corename();
extern "C" void openblas_set_num_threads(int);

struct OpenBlas {
    int batch, inputs, outputs;

    OpenBlas(int batch, int inputs, int outputs) : batch(batch), inputs(inputs), outputs(outputs) {}

    void forward(const float* x, const float* w, float* y) const {
        if (batch == 1) cblas_sgemv(CblasRowMajor, CblasTrans, inputs, outputs, 1, w, outputs, x, 1, 0, y, 1);
        else cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasNoTrans, batch, outputs, inputs, 1, x, inputs, w, outputs, 0, y, outputs);
    }

    void input_gradient(const float* dy, const float* w, float* dx) const {
        if (batch == 1) cblas_sgemv(CblasRowMajor, CblasNoTrans, inputs, outputs, 1, w, outputs, dy, 1, 0, dx, 1);
        else cblas_sgemm(CblasRowMajor, CblasNoTrans, CblasTrans, batch, inputs, outputs, 1, dy, outputs, w, outputs, 0, dx, inputs);
    }

    void update(const float* x, const float* dy, float* w) const {
        if (batch == 1) cblas_sger(CblasRowMajor, inputs, outputs, 1, x, 1, dy, 1, w, outputs);
        else cblas_sgemm(CblasRowMajor, CblasTrans, CblasNoTrans, inputs, outputs, batch, 1, x, inputs, dy, outputs, 1, w, outputs);
    }
};

int main() {
    openblas_set_num_threads(1);
    std::istringstream config(openblas_get_config());  // "OpenBLAS 0.3.21 …"
    std::string name, version;
    config >> name >> version;
    return serve(version + " (" + openblas_get_corename() + ")", {{"OpenBLAS", entry<Mlp<OpenBlas>>()}});
}
