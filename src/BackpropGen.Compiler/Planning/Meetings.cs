using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>
/// Where the threads that share a program's kernels wait for each other: before a kernel that touches what another thread may still have
/// to write, or that writes where another may still have to read.
/// </summary>
internal static class Meetings
{
    /// <summary>The kernels, told which of them wait.</summary>
    /// <param name="kernels">The kernels, in order.</param>
    /// <param name="buffers">Where what they touch lies.</param>
    /// <param name="meeting">The place of a kernel that waits in any case; null where there is none.</param>
    public static IReadOnlyList<Kernel> Arrange(IReadOnlyList<Kernel> kernels, BufferPlan buffers, int? meeting = null)
    {
        var result = new List<Kernel>();
        List<Kernel> since = [];
        foreach (Kernel kernel in kernels)
        {
            bool waits = result.Count == meeting || since.Any(other => AreInConflict(other, kernel, buffers));
            if (waits)
            {
                since.Clear();
            }

            since.Add(kernel);
            result.Add(kernel with { Waits = waits });
        }

        return result;
    }

    private static bool AreInConflict(Kernel one, Kernel other, BufferPlan buffers)
    {
        // All packed copies lie in the same place.
        if (one.Packing is not null && other.Packing is not null)
        {
            return true;
        }

        return Writes(one, other) || Writes(other, one);

        // What adds to a gradient may be the step of its parameter as well; a step computes nothing on request.
        bool Writes(Kernel writer, Kernel toucher)
        {
            bool isOfStep = !writer.IfRequested && !toucher.IfRequested;
            IEnumerable<Tensor> written = isOfStep && writer.Steps is { } parameter ? writer.Stored.Append(parameter) : writer.Stored;
            return written.Any(w => toucher.Memory.Any(t => w == t ? !HaveOwnRows(w) : Overlap(w, t)));
        }

        // Each thread touches its own rows of the tensor, and no others.
        bool HaveOwnRows(Tensor tensor) => tensor.HasBatch && one.Split is { IsOfRows: true } && other.Split is { IsOfRows: true };

        bool Overlap(Tensor a, Tensor b) => buffers.Offsets.TryGetValue(a, out int x) && buffers.Offsets.TryGetValue(b, out int y)
            && x < y + b.SizePerSample && y < x + a.SizePerSample;
    }
}
