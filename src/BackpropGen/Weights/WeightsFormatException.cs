using System;
using System.IO;

namespace BackpropGen;

/// <summary>
/// A file of weights is damaged, is none, or does not fit the network that it is to be loaded into. The message says where, what was found
/// and what was expected; nothing was written to a network.
/// </summary>
public class WeightsFormatException : IOException
{
    /// <summary>Without a word of what is wrong.</summary>
    public WeightsFormatException()
        : base("The file of weights is damaged, or does not fit.")
    {
    }

    /// <summary>With what is wrong.</summary>
    /// <param name="message">What was found, what was expected, and what to do.</param>
    public WeightsFormatException(string message)
        : base(message)
    {
    }

    /// <summary>With what is wrong, and what it was seen by.</summary>
    /// <param name="message">What was found, what was expected, and what to do.</param>
    /// <param name="innerException">The error behind it.</param>
    public WeightsFormatException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
