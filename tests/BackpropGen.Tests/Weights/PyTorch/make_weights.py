#!/usr/bin/env python3
"""Writes weights as PyTorch has them, and what PyTorch computes with them, as safetensors files.

    python3 make_weights.py [folder]        the folder of this script by default

The files are written byte by byte, as the format says: eight bytes of length, a header in JSON, the values.
"""
import json
import pathlib
import struct
import sys

import torch

TYPES = {torch.float64: "F64", torch.float32: "F32", torch.float16: "F16", torch.bfloat16: "BF16", torch.int64: "I64"}


def raw(tensor):
    """A tensor's bytes, little-endian, row-major."""
    tensor = tensor.detach().contiguous()
    if tensor.dtype == torch.bfloat16:
        tensor = tensor.view(torch.int16)
    return tensor.numpy().astype(tensor.numpy().dtype.newbyteorder("<")).tobytes()


def save(tensors, path):
    header, data = {"__metadata__": {"format": "pt"}}, b""
    # As the library of the format does it: by name.
    for name, tensor in sorted(tensors.items()):
        begin = len(data)
        data += raw(tensor)
        header[name] = {"dtype": TYPES[tensor.dtype], "shape": list(tensor.shape), "data_offsets": [begin, len(data)]}
    text = json.dumps(header, separators=(",", ":")).encode()
    text += b" " * (-len(text) % 8)
    path.write_bytes(struct.pack("<Q", len(text)) + text + data)


def numbers(*shape, step):
    """Numbers in (-1, 1) that no generator has to agree on."""
    count = 1
    for extent in shape:
        count *= extent
    return (torch.arange(count, dtype=torch.float64).mul(step).sin()).reshape(shape)


def sequential():
    """A square layer first, where no shape says which way round the weights lie."""
    net = torch.nn.Sequential(torch.nn.Linear(4, 4), torch.nn.Tanh(), torch.nn.Linear(4, 3)).double()
    with torch.no_grad():
        for i, parameter in enumerate(net.parameters()):
            parameter.copy_(numbers(*parameter.shape, step=1.7 + i))
    return net


class Named(torch.nn.Module):
    """The same layers under names of one's own."""

    def __init__(self):
        super().__init__()
        self.fc1 = torch.nn.Linear(4, 4)
        self.head = torch.nn.Linear(4, 3)

    def forward(self, x):
        return self.head(torch.tanh(self.fc1(x)))


def main():
    folder = pathlib.Path(sys.argv[1] if len(sys.argv) > 1 else pathlib.Path(__file__).parent)
    folder.mkdir(parents=True, exist_ok=True)
    x = numbers(5, 4, step=0.9).float()
    expected = {"input": x}
    for dtype in (torch.float32, torch.float64, torch.float16, torch.bfloat16):
        name = TYPES[dtype].lower()
        state = {key: value.to(dtype) for key, value in sequential().state_dict().items()}
        save(state, folder / f"sequential-{name}.safetensors")
        # With the weights as they are stored, in double.
        net = sequential()
        net.load_state_dict({key: value.double() for key, value in state.items()})
        expected[f"output.{name}"] = net(x.double()).float()

    named = Named()
    named.load_state_dict({key.replace("0.", "fc1.").replace("2.", "head."): value for key, value in sequential().state_dict().items()})
    save(named.state_dict(), folder / "named.safetensors")
    expected["output.named"] = named.double()(x.double()).float()
    save(expected, folder / "expected.safetensors")


if __name__ == "__main__":
    main()
