#if NETSTANDARD2_0
// What netstandard2.0 lacks of the language's support types.
namespace System.Diagnostics.CodeAnalysis
{
    /// <summary>Tells the compiler that a method does not return.</summary>
    [AttributeUsage(AttributeTargets.Method, Inherited = false)]
    internal sealed class DoesNotReturnAttribute : Attribute
    {
    }

    /// <summary>Tells the compiler that an argument is not null where a method returns this.</summary>
    [AttributeUsage(AttributeTargets.Parameter, Inherited = false)]
    internal sealed class NotNullWhenAttribute(bool returnValue) : Attribute
    {
        public bool ReturnValue { get; } = returnValue;
    }
}

namespace System.Runtime.CompilerServices
{
    /// <summary>Tells the compiler that a method's locals need not be zeros at first.</summary>
    [AttributeUsage(AttributeTargets.Method, Inherited = false)]
    internal sealed class SkipLocalsInitAttribute : Attribute
    {
    }
}
#endif
