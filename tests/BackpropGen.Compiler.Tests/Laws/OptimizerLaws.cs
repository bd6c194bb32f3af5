using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Xunit;

namespace BackpropGen.Compiler.Tests;

/// <summary>Every optimizer's statements against its rule as it was published, written down once more in plain code.</summary>
public class OptimizerLaws
{
    private const int Steps = 10;
    private const int Parameters = 7;

    // A new optimizer wants its rule here, from its paper or PyTorch's documentation and not from its own statements.
    private static readonly Dictionary<Type, Func<OptimizerAttribute, Rule>> Rules = new()
    {
        [typeof(SgdAttribute)] = o => Sgd((SgdAttribute)o),
        [typeof(AdamAttribute)] = o => Adam((AdamAttribute)o),
        [typeof(AdamWAttribute)] = o => AdamW((AdamWAttribute)o),
        [typeof(RmsPropAttribute)] = o => RmsProp((RmsPropAttribute)o),
        [typeof(AdagradAttribute)] = o => Adagrad((AdagradAttribute)o),
    };

    /// <summary>The parameter after step t, from rate, itself and its gradient.</summary>
    private delegate double Rule(int t, double rate, double p, double g);

    public static TheoryData<string> Optimizers => Sampling.KindsOf<OptimizerAttribute>();

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void Ten_steps_are_the_published_rule(string kind)
    {
        Type type = LayerRegistry.Kinds[kind];
        Assert.True(Rules.ContainsKey(type), $"Write down the published rule of {kind} in {nameof(OptimizerLaws)}.{nameof(Rules)}.");
        ForEachOptimizer(kind, (optimizer, what) =>
        {
            var run = new OptimizerRun(optimizer);
            var random = new Random(7);
            double[] expected = run.P.ToArray();
            Rule[] rules = expected.Select(_ => Rules[type](optimizer)).ToArray();
            for (int t = 1; t <= Steps; t++)
            {
                double[] gradient = expected.Select(_ => random.NextDouble() - 0.5).ToArray();
                run.Step(t, Decimal(optimizer.Rate), gradient);
                expected = expected.Select((p, i) => rules[i](t, Decimal(optimizer.Rate), p, gradient[i])).ToArray();
                CentralDifferences.AssertClose(expected, run.P, 1e-12, $"{what}, step {t}");
            }
        });
    }

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void A_rate_of_zero_changes_no_parameter(string kind) => ForEachOptimizer(kind, (optimizer, _) =>
    {
        var run = new OptimizerRun(optimizer);
        double[] before = run.P.ToArray();
        for (int t = 1; t <= Steps; t++)
        {
            run.Step(t, 0, before.Select(p => p * t).ToArray());
        }

        Assert.Equal(before, run.P);
    });

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void A_gradient_of_zero_from_the_start_changes_nothing_but_by_decay(string kind) => ForEachOptimizer(kind, (optimizer, _) =>
    {
        if (Decay(optimizer) != 0)
        {
            return;
        }

        var run = new OptimizerRun(optimizer);
        double[] before = run.P.ToArray();
        run.Step(1, 0.1, new double[Parameters]);
        Assert.Equal(before, run.P);
        Assert.All(run.States, s => Assert.All(s, v => Assert.Equal(0, v)));
    });

    [Theory]
    [MemberData(nameof(Optimizers))]
    public void No_optimizer_writes_a_gradient(string kind) => ForEachOptimizer(kind, (optimizer, _) =>
    {
        var scope = new OptimizerScope();
        optimizer.Define(scope);
        Assert.DoesNotContain(scope.Statements, s => s.Target.Role == TensorRole.Gradient);
        Assert.Contains(scope.Statements, s => s.Target == scope.P.Tensor);
        Assert.Equal(scope.States.Count, scope.States.Distinct().Count());
    });

    private static void ForEachOptimizer(string kind, Action<OptimizerAttribute, string> law)
    {
        int tried = 0;
        foreach (LayerDeclaration declaration in Sampling.Variations(kind))
        {
            // What an optimizer itself forbids (Nesterov without momentum) is left out.
            if (Sampling.TryDefine(Sampling.Input(new Shape(1)), declaration) is { } network)
            {
                law(network.Shape.Optimizer!, Sampling.Describe(declaration));
                tried++;
            }
        }

        Assert.True(tried > 0);
    }

    // 0.999f means 0.999.
    private static double Decimal(float value) => double.Parse(value.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static double Decay(OptimizerAttribute optimizer) =>
        optimizer.GetType().GetProperty("WeightDecay") is { } decay ? (float)decay.GetValue(optimizer)! : 0;

    // torch.optim.SGD, dampening 0: the buffer is the gradient itself at the first step.
    private static Rule Sgd(SgdAttribute o)
    {
        double? buffer = null;
        return (_, rate, p, g) =>
        {
            g += Decimal(o.WeightDecay) * p;
            double mu = Decimal(o.Momentum);
            if (mu != 0)
            {
                buffer = buffer is null ? g : (mu * buffer) + g;
                g = o.Nesterov ? g + (mu * buffer.Value) : buffer.Value;
            }

            return p - (rate * g);
        };
    }

    // torch.optim.Adam: decay goes into the gradient.
    private static Rule Adam(AdamAttribute o)
    {
        Rule moments = Moments(Decimal(o.Beta1), Decimal(o.Beta2), Decimal(o.Epsilon));
        return (t, rate, p, g) => moments(t, rate, p, g + (Decimal(o.WeightDecay) * p));
    }

    // torch.optim.AdamW: decay shrinks the parameter.
    private static Rule AdamW(AdamWAttribute o)
    {
        Rule moments = Moments(Decimal(o.Beta1), Decimal(o.Beta2), Decimal(o.Epsilon));
        return (t, rate, p, g) => moments(t, rate, p - (rate * Decimal(o.WeightDecay) * p), g);
    }

    // Kingma and Ba, 2015, algorithm 1.
    private static Rule Moments(double beta1, double beta2, double epsilon)
    {
        double m = 0;
        double v = 0;
        return (t, rate, p, g) =>
        {
            m = (beta1 * m) + ((1 - beta1) * g);
            v = (beta2 * v) + ((1 - beta2) * g * g);
            double mHat = m / (1 - Math.Pow(beta1, t));
            double vHat = v / (1 - Math.Pow(beta2, t));
            return p - (rate * mHat / (Math.Sqrt(vHat) + epsilon));
        };
    }

    // torch.optim.RMSprop, not centered, without momentum: ε outside the root.
    private static Rule RmsProp(RmsPropAttribute o)
    {
        double v = 0;
        return (_, rate, p, g) =>
        {
            v = (Decimal(o.Alpha) * v) + ((1 - Decimal(o.Alpha)) * g * g);
            return p - (rate * g / (Math.Sqrt(v) + Decimal(o.Epsilon)));
        };
    }

    // torch.optim.Adagrad without decay of the rate.
    private static Rule Adagrad(AdagradAttribute o)
    {
        double sum = 0;
        return (_, rate, p, g) =>
        {
            sum += g * g;
            return p - (rate * g / (Math.Sqrt(sum) + Decimal(o.Epsilon)));
        };
    }

    private sealed class OptimizerRun
    {
        private readonly OptimizerScope scope = new();
        private readonly Interpreter interpreter = new(Parameters);

        public OptimizerRun(OptimizerAttribute optimizer)
        {
            optimizer.Define(scope);
            Sampling.Fill(interpreter, scope.P.Tensor, new Random(1));
        }

        public double[] P => interpreter[scope.P.Tensor];

        public IEnumerable<double[]> States => scope.States.Select(s => interpreter[s]);

        public void Step(int number, double rate, double[] gradient)
        {
            interpreter[scope.G.Tensor] = gradient;
            interpreter[scope.RateTensor] = [rate];
            interpreter[scope.StepTensor] = [number];
            interpreter.Run(scope.Scalars);
            interpreter.Run(scope.Statements);
        }
    }
}
