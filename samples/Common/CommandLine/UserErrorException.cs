using System;

namespace Samples;

/// <summary>Something that the user can mend. The message says where, what was found and what was expected.</summary>
internal sealed class UserErrorException(string message) : Exception(message);
