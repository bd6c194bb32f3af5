using System;
using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>
/// The values of one place, or of one vector of places: reads become locals, statements become locals and stores. Lanes run along
/// one letter, or along memory where all letters are one.
/// </summary>
internal sealed class KernelBody
{
    private readonly CodeWriter writer;
    private readonly Position position;
    private readonly Axis? lane;
    private readonly Register register;
    private readonly bool isFlat;
    private readonly LineValues? line;
    private readonly string suffix;
    private readonly Dictionary<(Tensor, EquatableArray<Index>), string> values = [];
    private readonly Dictionary<(Tensor, EquatableArray<Index>), (string Memory, string Offset)> places = [];
    private readonly HashSet<string> names = [];
    private readonly ValuePrinter printer;

    public KernelBody(CodeWriter writer, Position position, Axis? lane, Register register, string suffix = "", bool isFlat = false, LineValues? line = null)
    {
        this.line = line;
        this.writer = writer;
        this.position = position;
        this.lane = lane;
        this.register = register;
        this.isFlat = isFlat;
        this.suffix = suffix;
        printer = new ValuePrinter(writer, register, suffix, Value, IndexText, name => line?.Unique(name) ?? name);
    }

    /// <summary>The local that says which lanes the register before has replaced already: they stay as that has left them. Null where there are none.</summary>
    public string? Done { get; init; }

    /// <summary>What values are held in.</summary>
    public Register Register => register;

    /// <summary>Says that a value is in a local already.</summary>
    public void Know(Read read, string name)
    {
        values[(read.Tensor, read.At)] = name;
        names.Add(name);
    }

    /// <summary>Says that a name is taken.</summary>
    public void Reserve(string name) => names.Add(name);

    /// <summary>Says how a value is written where it is wanted.</summary>
    public void Substitute(Read read, string text) => values[(read.Tensor, read.At)] = text;

    /// <summary>Says where a value lies: so far from a reference of the emitted code.</summary>
    public void Place(Read read, string memory, string offset) => places[(read.Tensor, read.At)] = (memory, offset);

    /// <summary>The value of an expression; its reads become locals before it.</summary>
    public string Print(Expr e)
    {
        Load(e);
        return printer.Print(e);
    }

    /// <summary>Makes locals of all that an expression reads.</summary>
    public void Load(Expr e)
    {
        foreach (Read read in e.Reads.Where(r => r.Tensor.Role != TensorRole.Scalar))
        {
            if (!values.ContainsKey((read.Tensor, read.At)))
            {
                values.Add((read.Tensor, read.At), Loaded(read));
            }
        }
    }

    /// <summary>The local that a read is loaded into.</summary>
    public string Loaded(Read read)
    {
        string text = Text(read);
        if (line?.Held(text) is { } held)
        {
            return held;
        }

        string name = Fresh(read.Tensor.Symbol);

        // What a local holds for one is in all lanes without memory.
        bool isBroadcast = register.IsVector && !DependsOnLane(read);
        string? single = isBroadcast && read.Tensor.Element == ElementKind.F32 ? line?.Held(Register.Single.Load(MathPrinter.Memory(read.Tensor), position.Offset(read.Tensor, read.At))) : null;
        writer.Line(register.Declare(read.Tensor, name, single is null ? text : register.Create(single)));
        line?.Hold(read.Tensor, text, name);
        return name;
    }

    /// <summary>Where the value of a read comes from: a load of a vector, one value for all lanes, or one value.</summary>
    public string Text(Read read)
    {
        (string memory, string offset) = PlaceOf(read);
        return Text(read, memory, offset);
    }

    /// <summary>Where a read stands, as the arguments of a method: the memory and the offset.</summary>
    public string Place(Read read)
    {
        (string memory, string offset) = PlaceOf(read);
        return $"ref {memory}, {offset}";
    }

    /// <summary>The same, from a reference and an offset of one's own.</summary>
    public string Text(Read read, string memory, string offset)
    {
        if (read.Tensor.Element == ElementKind.I32)
        {
            string label = $"Unsafe.Add(ref {memory}, {offset})";
            return register.Create(label);
        }

        return !register.IsVector || DependsOnLane(read) ? register.Load(memory, offset) : $"{register.Type}.Broadcast(ref {memory}, {offset})";
    }

    public bool DependsOnLane(Read read) => isFlat || (lane is not null && Strides.Along(read.Tensor, read.At, lane) != 0);

    /// <summary>Writes statements whose first has the given value, if it has one, and stores what is to be stored.</summary>
    /// <param name="kernel">The statements.</param>
    /// <param name="leadValue">The first one's value.</param>
    /// <param name="later">Takes the stores, where they are to come later.</param>
    public void Statements(Kernel kernel, string? leadValue, List<Action>? later = null)
    {
        for (int i = 0; i < kernel.Statements.Count; i++)
        {
            Statement statement = kernel.Statements[i];
            var target = new Read(statement.Target, statement.At);
            string value = i == 0 && leadValue is not null ? leadValue : Value(statement);
            bool isReadLater = kernel.Statements.Skip(i + 1).Any(s => s.Reads.Any(r => r.Tensor == statement.Target));
            bool isStored = kernel.Stored.Contains(statement.Target);
            if (isReadLater || later is not null || (line is not null && isStored && statement.Target.Role == TensorRole.Local))
            {
                if (!names.Contains(value))
                {
                    string name = Fresh(statement.Target.Symbol);
                    writer.Line(register.Declare(name, value));
                    value = name;
                }

                values[(target.Tensor, target.At)] = value;
            }

            bool isLast = !kernel.Statements.Skip(i + 1).Any(s => s.Target == statement.Target);
            if (isLast && isStored)
            {
                if (later is not null)
                {
                    later.Add(() => Store(target, value));
                }
                else
                {
                    Store(target, Done is not null && kernel.InPlace.Contains(statement.Target) ? $"{register.Type}.Choose({Done}, {Text(target)}, {value})" : value);
                }
            }
        }
    }

    private (string Memory, string Offset) PlaceOf(Read read) => places.TryGetValue((read.Tensor, read.At), out (string Memory, string Offset) place)
        ? place
        : (MathPrinter.Memory(read.Tensor), position.Offset(read.Tensor, read.At));

    private void Store(Read target, string value)
    {
        (string memory, string offset) = PlaceOf(target);
        if (target.Tensor.Role == TensorRole.Local)
        {
            line?.Hold(target.Tensor, register.Load(memory, offset), value);
        }
        else
        {
            line?.Forget(target.Tensor);
        }

        writer.Line(register.Store(!register.IsVector || Register.IsOperand(value) ? value : $"({value})", memory, offset));
    }

    private string Value(Statement statement)
    {
        Expr value = statement.Value.Body;
        if (statement.Value.Seed is { } seed)
        {
            value = seed + value;
        }

        if (statement.Store == Compiler.Store.Accumulate)
        {
            value = new Read(statement.Target, statement.At) + value;
        }

        return Print(value);
    }

    private string Value(Read read) => values[(read.Tensor, read.At)];

    private string IndexText(Index index)
    {
        string text = position.Value(index);
        return register.IsVector && lane is not null && index.CoefficientOf(lane) == 1 ? $"{register.Type}.Index({text})" : register.Create(text);
    }

    private string Fresh(string symbol)
    {
        // A value that replaces another of the same tensor is the new one.
        string name = suffix.Length == 0 ? symbol : symbol + "_" + suffix;
        while (!names.Add(name))
        {
            name = "new" + char.ToUpperInvariant(name[0]) + name.Substring(1);
        }

        return line?.Unique(name) ?? name;
    }
}
