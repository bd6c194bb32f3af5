using System;
using System.Linq;
using System.Reflection;

namespace BackpropGen.Compiler.Tests;

/// <summary>An object of an emitted class. The members are bound to delegates once: spans do not go through reflection, and a call allocates nothing.</summary>
internal sealed class EmittedNetwork
{
    private readonly Lazy<Truth> truth;

    public EmittedNetwork(string description, object instance, Lazy<Truth> truth)
    {
        this.truth = truth;
        Description = description;
        Instance = instance;
        parameters = Bind<SpanGetter>("get_Parameters")!;
        gradients = Bind<SpanGetter>("get_Gradients")!;
        optimizerState = Bind<SpanGetter>("get_OptimizerState");
        Forward = Bind<ForwardCall>("Forward")!;
        BackwardFrom = Bind<FromCall>("BackwardFrom")!;
        Step = Bind<Action>("Step");
        Initialize = Bind<Action<int>>("Initialize")!;
        Predict = Bind<PredictCall>("Predict");
        OnValues = TrainingCalls<float>.Of(this);
        OnLabels = TrainingCalls<int>.Of(this);
    }

    public delegate Span<float> SpanGetter();

    public delegate void ForwardCall(ReadOnlySpan<float> input, Span<float> output);

    public delegate void FromCall(ReadOnlySpan<float> input, ReadOnlySpan<float> outputGradient, Span<float> inputGradient);

    public delegate void PredictCall(ReadOnlySpan<float> input, Span<int> labels);

    public delegate float EvaluateCall<T>(ReadOnlySpan<float> input, ReadOnlySpan<T> target);

    public delegate float BackwardCall<T>(ReadOnlySpan<float> input, ReadOnlySpan<T> target, Span<float> inputGradient);

    private readonly SpanGetter parameters;
    private readonly SpanGetter gradients;
    private readonly SpanGetter? optimizerState;

    /// <summary>Its attributes.</summary>
    public string Description { get; }

    public object Instance { get; }

    /// <summary>The same network, run by the interpreter in double.</summary>
    public Truth Truth => truth.Value;

    public int InputSize => Constant("InputSize");

    public int OutputSize => Constant("OutputSize");

    public int WorkspaceSamples => Constant("WorkspaceSamples");

    public Span<float> Parameters => parameters();

    public Span<float> Gradients => gradients();

    public Span<float> OptimizerState => optimizerState is null ? default : optimizerState();

    /// <summary>The steps of training taken so far.</summary>
    public long StepCount
    {
        get => (long)StepCountProperty.GetValue(Instance)!;
        set => StepCountProperty.SetValue(Instance, value);
    }

    /// <summary>How many threads share a large batch.</summary>
    public int Threads
    {
        get => (int)ThreadsProperty.GetValue(Instance)!;
        set => ThreadsProperty.SetValue(Instance, value);
    }

    public ForwardCall Forward { get; }

    public FromCall BackwardFrom { get; }

    public Action? Step { get; }

    public Action<int> Initialize { get; }

    public PredictCall? Predict { get; }

    /// <summary>Against values, or nothing; null without a loss.</summary>
    public TrainingCalls<float>? OnValues { get; }

    /// <summary>Against labels; null where the loss takes none.</summary>
    public TrainingCalls<int>? OnLabels { get; }

    private PropertyInfo ThreadsProperty => Instance.GetType().GetProperty(nameof(Threads))!;

    private PropertyInfo StepCountProperty => Instance.GetType().GetProperty(nameof(StepCount))!;

    private int Constant(string name) => (int)Instance.GetType().GetField(name, BindingFlags.Public | BindingFlags.Static)!.GetRawConstantValue()!;

    private TDelegate? Bind<TDelegate>(string name)
        where TDelegate : Delegate
    {
        Type[] types = typeof(TDelegate).GetMethod("Invoke")!.GetParameters().Select(p => p.ParameterType).ToArray();
        return Instance.GetType().GetMethod(name, BindingFlags.Public | BindingFlags.Instance, types) is { } method && method.ReturnType == typeof(TDelegate).GetMethod("Invoke")!.ReturnType
            ? method.CreateDelegate<TDelegate>(Instance)
            : null;
    }

    /// <summary>The members that compare the output with something.</summary>
    public sealed record TrainingCalls<T>(EvaluateCall<T> Loss, BackwardCall<T> Backward, BackwardCall<T> Accumulate, EvaluateCall<T>? TrainStep)
    {
        public static TrainingCalls<T>? Of(EmittedNetwork network) => network.Bind<EvaluateCall<T>>("Loss") is { } loss
            ? new TrainingCalls<T>(loss, network.Bind<BackwardCall<T>>("Backward")!, network.Bind<BackwardCall<T>>("Accumulate")!, network.Bind<EvaluateCall<T>>("TrainStep"))
            : null;
    }
}
