#!/usr/bin/env bash
# Builds the competitors into the folder named by $1 (default: bin/ beside this file), each where its library is there.
# A library that is missing is one line that says which of Debian's packages has it. What is up to date stays.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
out=${1:-bin}
mkdir -p "$out"
if ! command -v g++ >/dev/null; then
    echo "skipped all: there is no C++ compiler (Debian: apt-get install g++)"
    exit 0
fi

# Vectors as wide as the machine has them; the compiler's own choice is half of that on some.
flags=(-std=c++17 -O3 -march=native -mprefer-vector-width=512 -ffast-math -DNDEBUG -Wall -Wextra)
failed=0

# program <name> <header that says whether the library is there> <Debian package> <flags…>
program() {
    local name=$1 header=$2 package=$3
    shift 3
    if ! echo "#include <$header>" | g++ -std=c++17 -march=native -w -fsyntax-only -x c++ "$@" - 2>/dev/null; then
        echo "skipped $name: there is no $header (Debian: apt-get install $package)"
        rm -f "$out/$name"
    elif [ -n "$(find "$name.cpp" ./*.h build.sh -newer "$out/$name" 2>/dev/null || echo new)" ] || [ ! -x "$out/$name" ]; then
        if g++ "${flags[@]}" "$name.cpp" -o "$out/$name" "$@"; then
            echo "built $name"
        else
            echo "FAILED: $name does not build"
            failed=1
        fi
    fi
}

program peak immintrin.h g++
program openblas cblas.h libopenblas-dev -lopenblas
program libxsmm libxsmm.h libxsmm-dev -lxsmm -lxsmmnoblas -ldl -lpthread -lm
program onednn dnnl.hpp libdnnl-dev -ldnnl
program eigen Eigen/Dense libeigen3-dev -isystem /usr/include/eigen3 -Wno-maybe-uninitialized
program fann floatfann.h libfann-dev -lfloatfann -lm "-DVERSION=\"$(pkg-config --modversion fann 2>/dev/null || echo unknown)\""
program libtorch torch/torch.h libtorch-dev -isystem /usr/include/torch/csrc/api/include -ltorch -ltorch_cpu -lc10
exit $failed
