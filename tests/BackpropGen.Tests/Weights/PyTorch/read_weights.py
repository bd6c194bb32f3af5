#!/usr/bin/env python3
"""Reads weights that BackpropGen saved, by nothing but the format's description, and computes with them in PyTorch.

    python3 read_weights.py weights.safetensors computed.safetensors relu|tanh

The second file holds an input, the output that belongs to it, and all parameters in a row. Affine layers are [inputs, outputs],
between any two of them stands the activation.
"""
import json
import struct
import sys
import zlib

import torch

CHECK = '"backpropgen.check":"'


def read(path):
    with open(path, "rb") as file:
        content = file.read()
    (length,) = struct.unpack("<Q", content[:8])
    text, data = content[8 : 8 + length], content[8 + length :]
    assert (8 + length) % 8 == 0, "the data begin on a boundary of eight"
    header = json.loads(text.decode("utf-8"))
    metadata = header.pop("__metadata__")

    # The checks, as zlib computes them: of the header with zeros for its own digits, and of the data.
    at = text.index(CHECK.encode()) + len(CHECK)
    blank = content[: 8 + at] + b"0" * 8 + text[at + 8 :]
    assert metadata["backpropgen.check"] == f"{zlib.crc32(blank):08x}", "the header's check"
    assert metadata["backpropgen.data"] == f"{zlib.crc32(data):08x}", "the data's check"

    tensors, end = {}, 0
    for name, entry in sorted(header.items(), key=lambda item: item[1]["data_offsets"]):
        begin, after = entry["data_offsets"]
        assert begin == end and entry["dtype"] == "F32", name
        tensors[name] = torch.tensor(struct.unpack(f"<{(after - begin) // 4}f", data[begin:after])).reshape(entry["shape"])
        end = after
    assert end == len(data), "no byte belongs to no tensor"
    return tensors, metadata


def main():
    weights, metadata = read(sys.argv[1])
    computed, _ = read(sys.argv[2])
    activation = {"relu": torch.relu, "tanh": torch.tanh}[sys.argv[3]]

    flat = torch.cat([tensor.reshape(-1) for tensor in weights.values()])
    assert torch.equal(flat, computed["parameters"]), "the same bits"
    y, layer = computed["input"].double(), 1
    while f"Affine{layer}Weights" in weights:
        y = activation(y) if layer > 1 else y
        y = y @ weights[f"Affine{layer}Weights"].double() + weights[f"Affine{layer}Bias"].double()
        layer += 1
    difference = (y - computed["output"].double()).abs().max() / y.abs().max()
    print(f"{metadata['backpropgen.architecture']}: {flat.numel()} parameters, the largest difference is {difference:.1e} of the largest output")
    assert layer > 2 and difference < 1e-5


if __name__ == "__main__":
    main()
