using System;
using BackpropGen;

// Four samples, one after the other: two inputs and a target each.
float[] inputs = [0, 0, 0, 1, 1, 0, 1, 1];
float[] targets = [0, 1, 1, 0];

var net = new XorNet();
for (int step = 0; step <= 300; step++)
{
    float loss = net.TrainStep(inputs, targets);
    if (step % 50 == 0)
    {
        Console.WriteLine(FormattableString.Invariant($"step {step,3}  loss {loss:F6}"));
    }
}

var logits = new float[targets.Length];
net.Forward(inputs, logits);
Console.WriteLine("\na b  a xor b  network");
for (int i = 0; i < targets.Length; i++)
{
    float probability = 1 / (1 + MathF.Exp(-logits[i]));
    Console.WriteLine(FormattableString.Invariant($"{inputs[2 * i]} {inputs[2 * i + 1]}     {targets[i]}     {probability:F4}"));
}

// Is the gradient right? Backward derives it; nudging the first weight measures it.
net.Initialize(seed: 0);
net.Backward(inputs, targets);
const float Nudge = 0.01f;
float weight = net.Parameters[0];
net.Parameters[0] = weight + Nudge;
float above = net.Loss(inputs, targets);
net.Parameters[0] = weight - Nudge;
float below = net.Loss(inputs, targets);
Console.WriteLine(FormattableString.Invariant($"\ndL/dw: derived {net.Gradients[0]:F5}, measured {(above - below) / (2 * Nudge):F5}"));

[Affine(2, 8)]
[Tanh]
[Affine(8, 1)]
[BinaryCrossEntropyWithLogitsLoss]
[Adam(0.05f)]
internal sealed partial class XorNet;
