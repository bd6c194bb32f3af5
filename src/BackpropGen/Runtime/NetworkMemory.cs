using System;
using System.ComponentModel;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading;

namespace BackpropGen.Runtime;

/// <summary>
/// The memory of a network. Parameters and all that the optimizer knows are shared between a network and its replicas; gradients,
/// workspace and scratch each has of its own.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class NetworkMemory
{
    private readonly SharedMemory shared;
    private readonly AlignedBuffer gradients;
    private readonly AlignedBuffer workspace;

    // Null for one thread: large batches then cost one look at it.
    private ThreadTeam? team;

    // Copied out of the buffers, which stay alive through the fields above: a call of a small network takes a few nanoseconds, and one
    // access less on the way to each of its spans shows.
    private readonly float* parametersPointer;
    private readonly float* gradientsPointer;
    private readonly float* optimizerStatePointer;
    private readonly float* workspacePointer;

    /// <summary>Allocates the memory of a network; all zeros.</summary>
    /// <param name="parameterCount">Parameters, and as many gradients; 0 or more.</param>
    /// <param name="optimizerStateCount">Values that the optimizer remembers, 0 or more.</param>
    /// <param name="workspaceCount">Values that training keeps of a piece of a batch, 0 or more.</param>
    /// <param name="scratchCount">Values that inference keeps per thread; 0 where the stack has room for them.</param>
    /// <param name="learningRate">The declared learning rate; 0 where no optimizer is declared.</param>
    /// <exception cref="ArgumentOutOfRangeException">A count is negative or beyond what an array holds, or the rate is negative, infinite or NaN.</exception>
    public NetworkMemory(int parameterCount, int optimizerStateCount, int workspaceCount, int scratchCount, float learningRate)
        : this(new SharedMemory(parameterCount, optimizerStateCount, learningRate), workspaceCount, scratchCount)
    {
    }

    private NetworkMemory(SharedMemory shared, int workspaceCount, int scratchCount)
    {
#if NET8_0_OR_GREATER
        // Once this was asked, it is a constant to what is compiled after.
        _ = Processor.Computes512AtOnce;
#endif
        this.shared = shared;
        gradients = new AlignedBuffer(shared.Parameters.Length);
        workspace = new AlignedBuffer(workspaceCount);
        Scratch = new ScratchList(scratchCount);
        parametersPointer = shared.Parameters.Pointer;
        gradientsPointer = gradients.Pointer;
        optimizerStatePointer = shared.OptimizerState.Pointer;
        workspacePointer = workspace.Pointer;
    }

    /// <summary>All parameters; shared with replicas.</summary>
    public Span<float> Parameters => shared.Parameters.Span;

    /// <summary>dL/dparameter, in the order of <see cref="Parameters"/>.</summary>
    public Span<float> Gradients => gradients.Span;

    /// <summary>What the optimizer remembers between steps; shared with replicas.</summary>
    public Span<float> OptimizerState => shared.OptimizerState.Span;

    /// <summary>What training keeps of a piece of a batch.</summary>
    public Span<float> Workspace => workspace.Span;

    /// <summary>A parameter; the first is on a 64-byte boundary. Nothing is checked.</summary>
    /// <param name="offset">How many come before it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref float ParameterAt(int offset) => ref Reference(parametersPointer + offset);

    /// <summary>A gradient; the first is on a 64-byte boundary. Nothing is checked.</summary>
    /// <param name="offset">How many come before it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref float GradientAt(int offset) => ref Reference(gradientsPointer + offset);

    /// <summary>A value of the optimizer's state; the first is on a 64-byte boundary. Nothing is checked.</summary>
    /// <param name="offset">How many come before it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref float OptimizerStateAt(int offset) => ref Reference(optimizerStatePointer + offset);

    /// <summary>A value of the workspace; the first is on a 64-byte boundary. Nothing is checked.</summary>
    /// <param name="offset">How many come before it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref float WorkspaceAt(int offset) => ref Reference(workspacePointer + offset);

    /// <summary>The learning rate of the next step; shared with replicas. 0 is legal.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative, infinite or NaN. Its parameter's name is <c>value</c>.</exception>
    public float LearningRate
    {
        get => shared.LearningRate;
        set
        {
            CheckLearningRate(value, nameof(value));
            shared.LearningRate = value;
        }
    }

    /// <summary>Steps taken; shared with replicas.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is negative. Its parameter's name is <c>value</c>.</exception>
    public long StepCount
    {
        get => shared.StepCount;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        set
        {
            // Of a method that throws itself, the JIT makes a call.
            if (value < 0)
            {
                ThrowNegativeStepCount(value);
            }

            shared.StepCount = value;
        }
    }

    /// <summary>What inference keeps per thread, where it does not fit on the stack.</summary>
    public ScratchList Scratch { get; }

    /// <summary>How many threads work on a large batch; 1 in a new object and in a replica.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is not in 1 to <see cref="ThreadTeam.MostThreads"/>. Its parameter's name is <c>value</c>.</exception>
    public int Threads
    {
        get => Volatile.Read(ref team)?.Threads ?? 1;
        set
        {
            if (value is < 1 or > ThreadTeam.MostThreads)
            {
                throw new ArgumentOutOfRangeException(
                    nameof(value),
                    value,
                    string.Format(CultureInfo.InvariantCulture, "The number of threads must be 1 to {0}; as many as the machine has cores is a good choice.", ThreadTeam.MostThreads));
            }

            if (value != Threads)
            {
                // All that calls need is allocated here, so that they allocate nothing.
                Scratch.Reserve(value);
                Volatile.Write(ref team, value == 1 ? null : new ThreadTeam(this, value));
            }
        }
    }

    /// <summary>The threads for a call, which then works with them once; null where one works alone.</summary>
    /// <param name="samples">The samples of the call.</param>
    /// <param name="multiplyAdds">What a sample takes.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ThreadTeam? Gather(int samples, int multiplyAdds) => team?.Gather((long)samples * multiplyAdds);

    /// <summary>
    /// As new: gradients, workspace and optimizer state are 0, no step is taken. Parameters stay, for they are initialized layer by layer.
    /// </summary>
    /// <param name="learningRate">The declared learning rate.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="learningRate"/> is negative, infinite or NaN. Nothing was changed.</exception>
    public void Reset(float learningRate)
    {
        CheckLearningRate(learningRate, nameof(learningRate));
        shared.LearningRate = learningRate;
        shared.StepCount = 0;
        shared.OptimizerState.Span.Clear();
        gradients.Span.Clear();
        workspace.Span.Clear();
    }

    /// <summary>Memory that shares parameters, optimizer state, rate and step count with this, and has gradients, workspace and scratch of its own, and one thread.</summary>
    public NetworkMemory CreateReplica() => new(shared, workspace.Length, Scratch.BufferLength);

    private static void ThrowNegativeStepCount(long value) =>
        throw new ArgumentOutOfRangeException(nameof(value), value, "The number of steps taken must not be negative.");

    private static void CheckLearningRate(float value, string parameter)
    {
        // Written so that NaN fails.
        if (!(value >= 0 && value <= float.MaxValue))
        {
            throw new ArgumentOutOfRangeException(parameter, value, "A learning rate must be a finite number, 0 or more.");
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private ref float Reference(float* pointer)
    {
        ref float reference = ref Unsafe.AsRef<float>(pointer);

        // The collector sees a reference and not a pointer: the buffers must outlive the conversion from one to the other.
        GC.KeepAlive(this);
        return ref reference;
    }

    /// <summary>What a network and its replicas have in common.</summary>
    private sealed class SharedMemory
    {
        public SharedMemory(int parameterCount, int optimizerStateCount, float learningRate)
        {
            CheckLearningRate(learningRate, nameof(learningRate));
            LearningRate = learningRate;
            Parameters = new AlignedBuffer(parameterCount);
            OptimizerState = new AlignedBuffer(optimizerStateCount);
        }

        public AlignedBuffer Parameters { get; }

        public AlignedBuffer OptimizerState { get; }

        public float LearningRate { get; set; }

        public long StepCount { get; set; }
    }
}
