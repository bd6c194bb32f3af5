using System;
using BackpropGen;

namespace Digits;

/// <summary>
/// What the two networks have in common here. Everything that trains is in <see cref="ILabelTrainable"/>; the generated
/// <c>Predict</c> fits this interface as it stands, and the constant needs a line.
/// </summary>
internal interface IClassifier : ILabelTrainable
{
    int WorkspaceBytes { get; }

    void Predict(ReadOnlySpan<float> input, Span<int> labels);
}
