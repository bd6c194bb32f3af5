using Xunit;

namespace BackpropGen.Tests;

/// <summary>Tests that count what the whole process does: while they run, no other does.</summary>
[CollectionDefinition(nameof(AloneInTheProcess), DisableParallelization = true)]
public class AloneInTheProcess;
