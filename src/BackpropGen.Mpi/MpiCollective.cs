using System;
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using BackpropGen.Training;

namespace BackpropGen.Mpi;

/// <summary>
/// The processes that <c>mpirun</c> started, as one <see cref="ICollective"/>: a trainer that is given it trains one network in all of them, each on
/// its part of every batch. Started without <c>mpirun</c> there is one process, and everything is as without MPI.
/// </summary>
/// <remarks>
/// MPI is initialized once in a process and cannot be initialized again after its end: <see cref="Run"/> does both, around a whole program. All calls
/// come from the thread that called <see cref="Run"/>. Nothing is allocated in the calls.
/// </remarks>
public sealed unsafe class MpiCollective : ICollective
{
    private readonly NativeMpi.Handles handles;
    private readonly int thread = Environment.CurrentManagedThreadId;

    private MpiCollective(NativeMpi.Handles handles)
    {
        this.handles = handles;
        Check(NativeMpi.MPI_Comm_set_errhandler(handles.World, handles.ErrorsReturn), "MPI_Comm_set_errhandler");
        Check(NativeMpi.MPI_Comm_rank(handles.World, out int rank), "MPI_Comm_rank");
        Check(NativeMpi.MPI_Comm_size(handles.World, out int size), "MPI_Comm_size");
        Rank = rank;
        Size = size;
    }

    /// <inheritdoc/>
    public int Rank { get; }

    /// <inheritdoc/>
    public int Size { get; }

    /// <summary>Whether Open MPI is on this machine; if not, <see cref="Run"/> says what to install.</summary>
    public static bool IsAvailable => NativeLibrary.TryLoad(NativeMpi.Library, typeof(NativeMpi).Assembly, null, out _);

    /// <summary>What the library calls itself, such as <c>Open MPI v4.1.4</c>.</summary>
    /// <exception cref="MpiException">There is no Open MPI.</exception>
    public static string LibraryVersion
    {
        get
        {
            _ = NativeMpi.Handles.Load();
            byte* text = stackalloc byte[NativeMpi.MaxVersionString];
            Check(NativeMpi.MPI_Get_library_version(text, out int length), "MPI_Get_library_version");
            string version = Encoding.ASCII.GetString(text, length);
            int end = version.IndexOf(',', StringComparison.Ordinal);
            return end < 0 ? version : version[..end];
        }
    }

    /// <summary>
    /// Runs a program in all processes: begins MPI, runs, ends MPI. What the program throws is written to the standard error with the process's
    /// rank, and ends all processes: without it the others would wait for this one for ever.
    /// </summary>
    /// <param name="program">What each process does; gives its exit code. One other than 0 ends all processes as well.</param>
    /// <returns>The program's exit code.</returns>
    /// <exception cref="MpiException">There is no Open MPI, or it was initialized before.</exception>
    public static int Run(Func<MpiCollective, int> program)
    {
        ArgumentNullException.ThrowIfNull(program);
        NativeMpi.Handles handles = NativeMpi.Handles.Load();
        Check(NativeMpi.MPI_Initialized(out int initialized), "MPI_Initialized");
        if (initialized != 0)
        {
            throw new MpiException("MPI was initialized before in this process, and it can be only once: run the whole program in one MpiCollective.Run.");
        }

        Check(NativeMpi.MPI_Init_thread(0, 0, NativeMpi.ThreadFunneled, out int provided), "MPI_Init_thread");
        if (provided < NativeMpi.ThreadFunneled)
        {
            throw new MpiException("This MPI was built without threads (MPI_THREAD_FUNNELED), and .NET has several in every process.");
        }

        int exitCode;
        var collective = new MpiCollective(handles);
        try
        {
            exitCode = program(collective);
        }
        catch (Exception exception) when (collective.Size > 1)
        {
            Console.Error.WriteLine(FormattableString.Invariant($"rank {collective.Rank} of {collective.Size}: {exception.GetType().Name}: {exception.Message}"));
            collective.Abort(1);
            throw;
        }

        if (exitCode != 0 && collective.Size > 1)
        {
            collective.Abort(exitCode);
        }

        Check(NativeMpi.MPI_Finalize(), "MPI_Finalize");
        return exitCode;
    }

    /// <inheritdoc/>
    public void Sum(Span<float> values)
    {
        CheckThread();
        fixed (float* pointer = values)
        {
            Check(NativeMpi.MPI_Allreduce(NativeMpi.InPlace, pointer, values.Length, handles.Float, handles.Sum, handles.World), "MPI_Allreduce");
        }
    }

    /// <inheritdoc/>
    public void Sum(Span<double> values)
    {
        CheckThread();
        fixed (double* pointer = values)
        {
            Check(NativeMpi.MPI_Allreduce(NativeMpi.InPlace, pointer, values.Length, handles.Double, handles.Sum, handles.World), "MPI_Allreduce");
        }
    }

    /// <inheritdoc/>
    public void Broadcast(Span<byte> values)
    {
        CheckThread();
        fixed (byte* pointer = values)
        {
            Check(NativeMpi.MPI_Bcast(pointer, values.Length, handles.Byte, 0, handles.World), "MPI_Bcast");
        }
    }

    /// <inheritdoc/>
    public void Synchronize()
    {
        CheckThread();
        Check(NativeMpi.MPI_Barrier(handles.World), "MPI_Barrier");
    }

    private void Abort(int exitCode)
    {
        Console.Out.Flush();
        Console.Error.Flush();
        _ = NativeMpi.MPI_Abort(handles.World, exitCode);
    }

    private void CheckThread()
    {
        if (Environment.CurrentManagedThreadId != thread)
        {
            throw new InvalidOperationException("MPI is called from the thread that called MpiCollective.Run, and from no other: train on that thread.");
        }
    }

    private static void Check(int code, string call)
    {
        if (code != NativeMpi.Success)
        {
            Throw(code, call);
        }
    }

    private static void Throw(int code, string call)
    {
        byte* text = stackalloc byte[NativeMpi.MaxErrorString];
        string reason = NativeMpi.MPI_Error_string(code, text, out int length) == NativeMpi.Success
            ? Encoding.ASCII.GetString(text, length)
            : string.Create(CultureInfo.InvariantCulture, $"error {code}");
        throw new MpiException($"{call}: {reason}");
    }
}
