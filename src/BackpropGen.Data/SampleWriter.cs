using System;

namespace BackpropGen.Data;

/// <summary>Writes what a record holds for the network.</summary>
/// <typeparam name="TRecord">The record's type.</typeparam>
/// <param name="record">The record.</param>
/// <param name="values">Receives its values; zeros before.</param>
public delegate void SampleWriter<in TRecord>(TRecord record, Span<float> values);
