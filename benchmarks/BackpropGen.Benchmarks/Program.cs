using System;
using BackpropGen.Benchmarks;

switch (args)
{
    case ["accuracy", .. string[] rest]:
        Accuracy.Run(rest);
        return 0;
    default:
        Console.Error.WriteLine("usage: accuracy [function|all] [stride]");
        return 1;
}
