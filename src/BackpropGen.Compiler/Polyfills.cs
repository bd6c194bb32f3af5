// What netstandard2.0 lacks of the language's support types.
namespace System.Runtime.CompilerServices;

internal static class IsExternalInit
{
}
