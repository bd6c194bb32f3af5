extern alias runtime;

using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using Xunit;
using INetwork = runtime::BackpropGen.INetwork;
using Mismatch = runtime::BackpropGen.WeightsFormatException;
using Stored = runtime::BackpropGen.Weights;

namespace BackpropGen.Compiler.Tests;

/// <summary>Every registered layer's weights are saved and loaded, and no network takes another's.</summary>
public sealed class WeightsTests
{
    [Fact]
    public void Every_layer_comes_back_bit_by_bit_and_no_other_network_takes_it()
    {
        // Each layer with every argument, between two affine layers that fit it.
        string[][] networks = RegisteredAttributes.Layers
            .SelectMany(type => RegisteredAttributes.Texts(type, 4, 4))
            .Select(layer => new[] { "Affine(3, 4, Name = \"First\")", layer, "Affine(4, 4, Name = \"Last\")" })
            .ToArray();
        EmittedAssembly assembly = EmittedAssembly.Of(networks);
        var files = new List<(INetwork Network, byte[] File)>();
        for (int i = 0; i < networks.Length; i++)
        {
            EmittedNetwork emitted = assembly.Create(i);
            var saved = (INetwork)emitted.Instance;
            saved.Initialize(100 + i);
            using var stream = new MemoryStream();
            Stored.Save(saved, stream);
            var loaded = (INetwork)assembly.Create(i).Instance;
            Stored.Load(loaded, stream.ToArray());
            Assert.True(Bits(saved.Parameters).SequenceEqual(Bits(loaded.Parameters)), emitted.Description);
            float[] x = [0.5f, -2, 1];
            float[] y = new float[4];
            float[] again = new float[4];
            saved.Forward(x, y);
            loaded.Forward(x, again);
            Assert.Equal(Bits(y), Bits(again));
            files.Add((saved, stream.ToArray()));
        }

        foreach ((INetwork saved, byte[] file) in files)
        {
            foreach ((INetwork other, _) in files)
            {
                int[] before = Bits(other.Parameters);
                if (other.Fingerprint == saved.Fingerprint && other.Tensors.Select(t => t.Name).SequenceEqual(saved.Tensors.Select(t => t.Name)))
                {
                    Stored.Check(other, runtime::BackpropGen.SafetensorsFile.Read(file));
                    continue;
                }

                Mismatch error = Assert.Throws<Mismatch>(() => Stored.Load(other, file));
                Assert.Equal(before, Bits(other.Parameters));
                Assert.Contains("Nothing was loaded.", error.Message, StringComparison.Ordinal);
            }
        }
    }

    private static int[] Bits(Span<float> values) => values.ToArray().Select(BitConverter.SingleToInt32Bits).ToArray();
}
