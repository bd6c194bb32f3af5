using System;
using System.IO;
using BackpropGen.Comparison;

try
{
    return CommandLine.Run(args);
}
catch (Exception exception) when (exception is UserErrorException or IOException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"error: {exception.Message}");
    return 1;
}
