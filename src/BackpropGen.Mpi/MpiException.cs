using System;

namespace BackpropGen.Mpi;

/// <summary>MPI is not there, or a call of it failed. The message says which, and what to do where something can be done.</summary>
public sealed class MpiException : Exception
{
    /// <summary>Something failed.</summary>
    /// <param name="message">What, and what to do.</param>
    public MpiException(string message)
        : base(message)
    {
    }

    /// <summary>Something failed, and why.</summary>
    /// <param name="message">What, and what to do.</param>
    /// <param name="innerException">Why.</param>
    public MpiException(string message, Exception innerException)
        : base(message, innerException)
    {
    }

    /// <summary>Something failed.</summary>
    public MpiException()
        : this("A call of MPI failed.")
    {
    }
}
