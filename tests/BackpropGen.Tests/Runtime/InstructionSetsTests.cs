using System;
using System.Runtime.Intrinsics;
using Xunit;

namespace BackpropGen.Tests.Runtime;

/// <summary>
/// The tests are also run with instructions left out, which the runtime is told by variables that it renames now and then
/// (EnableAVX512 was EnableAVX512F) and ignores where it does not know them. This keeps such a run from saying nothing.
/// </summary>
public class InstructionSetsTests
{
    [Fact]
    public void What_is_left_out_is_not_used()
    {
        Assert.False(IsOff("EnableAVX512") && Vector512.IsHardwareAccelerated, "DOTNET_EnableAVX512=0 was ignored.");
        Assert.False(IsOff("EnableAVX2") && Vector256.IsHardwareAccelerated, "DOTNET_EnableAVX2=0 was ignored.");
        Assert.False(IsOff("EnableHWIntrinsic") && Vector128.IsHardwareAccelerated, "DOTNET_EnableHWIntrinsic=0 was ignored.");
    }

    private static bool IsOff(string name) => Environment.GetEnvironmentVariable("DOTNET_" + name) == "0";
}
