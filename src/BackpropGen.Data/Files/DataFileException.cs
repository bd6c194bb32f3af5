using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace BackpropGen.Data;

/// <summary>
/// A file of examples is not what it should be. All errors of the file are in it, up to <see cref="MostErrors"/>, so that a file is mended in
/// one go; nothing of the file has been used.
/// </summary>
public sealed class DataFileException : IOException
{
    /// <summary>Reading stops at so many errors.</summary>
    public const int MostErrors = 20;

    /// <summary>Says what is wrong.</summary>
    /// <param name="errors">At least one, in the order of the file.</param>
    /// <exception cref="ArgumentException">There is no error.</exception>
    public DataFileException(IReadOnlyList<DataError> errors)
        : base(string.Join(Environment.NewLine, errors.Select(error => error.ToString())))
    {
        if (errors.Count == 0)
        {
            throw new ArgumentException("An exception about a file without an error; expected at least one.", nameof(errors));
        }

        Errors = errors;
    }

    internal DataFileException(string file, string found, string expected, Exception? inner = null)
        : base(new DataError(file, 0, 0, null, found, expected).ToString(), inner) => Errors = [new DataError(file, 0, 0, null, found, expected)];

    /// <summary>What is wrong, in the order of the file; <see cref="Exception.Message"/> has each on a line.</summary>
    public IReadOnlyList<DataError> Errors { get; }

    /// <summary>The first error, and how many more there are: one line, for a terminal.</summary>
    public string Summary => Errors.Count == 1
        ? Errors[0].ToString()
        : string.Format(
            CultureInfo.InvariantCulture,
            Errors.Count < MostErrors ? "{0} (and {1} more)" : "{0} (and {1} more, at least)",
            Errors[0],
            Errors.Count - 1);
}
