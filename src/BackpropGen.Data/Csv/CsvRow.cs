using System.Collections.Generic;

namespace BackpropGen.Data;

/// <summary>A row as text. Immutable.</summary>
/// <param name="Line">The line it starts on, from 1.</param>
/// <param name="Values">As many as the file has columns, without quotation marks and what is blank around them.</param>
public sealed record CsvRow(long Line, IReadOnlyList<string> Values);
