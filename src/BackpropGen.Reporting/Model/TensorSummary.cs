namespace BackpropGen.Reporting;

/// <summary>A parameter tensor after the training. Immutable.</summary>
/// <param name="Tensor">Its name and shape.</param>
/// <param name="Values">How its values are spread.</param>
/// <param name="Gradients">How its gradient is spread on some examples; null where it is frozen or there are no examples.</param>
internal sealed record TensorSummary(NetworkTensor Tensor, Histogram Values, Histogram? Gradients);
