using System;

namespace BackpropGen.Comparison;

/// <summary>Something that whoever started the program can mend; the message says what.</summary>
internal sealed class UserErrorException(string message) : Exception(message);
