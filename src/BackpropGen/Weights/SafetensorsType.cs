namespace BackpropGen;

/// <summary>What the values of a tensor in a safetensors file are, little-endian.</summary>
public enum SafetensorsType
{
    /// <summary>A byte each: 0 or 1.</summary>
    Bool,

    /// <summary>8 bits without sign.</summary>
    U8,

    /// <summary>8 bits with sign.</summary>
    I8,

    /// <summary>A float of 8 bits with an exponent of 5.</summary>
    F8E5M2,

    /// <summary>A float of 8 bits with an exponent of 4.</summary>
    F8E4M3,

    /// <summary>16 bits without sign.</summary>
    U16,

    /// <summary>16 bits with sign.</summary>
    I16,

    /// <summary>Half precision, IEEE 754 binary16.</summary>
    F16,

    /// <summary>The upper 16 bits of a single.</summary>
    BF16,

    /// <summary>32 bits without sign.</summary>
    U32,

    /// <summary>32 bits with sign.</summary>
    I32,

    /// <summary>Single precision, IEEE 754 binary32.</summary>
    F32,

    /// <summary>64 bits without sign.</summary>
    U64,

    /// <summary>64 bits with sign.</summary>
    I64,

    /// <summary>Double precision, IEEE 754 binary64.</summary>
    F64,
}
