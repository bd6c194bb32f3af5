namespace BackpropGen.Training;

/// <summary>A figure that says how good a network is.</summary>
/// <param name="Name">What is measured, such as <c>accuracy</c>.</param>
/// <param name="Value">In the metric's own unit; NaN where it is not defined.</param>
public readonly record struct MetricValue(string Name, double Value);
