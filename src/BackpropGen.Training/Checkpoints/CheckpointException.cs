using System;
using System.IO;

namespace BackpropGen.Training;

/// <summary>A checkpoint is damaged, or is of another training. The message says what was found and what was expected; nothing was changed.</summary>
public class CheckpointException : IOException
{
    /// <summary>Without a word of what is wrong.</summary>
    public CheckpointException()
        : base("The checkpoint is damaged, or of another training.")
    {
    }

    /// <summary>With what is wrong.</summary>
    /// <param name="message">What was found, what was expected, and what to do.</param>
    public CheckpointException(string message)
        : base(message)
    {
    }

    /// <summary>With what is wrong, and what it was seen by.</summary>
    /// <param name="message">What was found, what was expected, and what to do.</param>
    /// <param name="innerException">The error behind it.</param>
    public CheckpointException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
