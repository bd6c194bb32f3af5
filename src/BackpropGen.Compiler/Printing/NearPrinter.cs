using System;
using System.Collections.Generic;
using System.Linq;

namespace BackpropGen.Compiler;

/// <summary>Writes copies of what tiles read far apart, where registers are few or it is very far: a tile's rows of an operand, a panel of a matrix' columns for all tiles, or a single column.</summary>
internal sealed class NearPrinter(CodeWriter writer, Loops loops)
{
    /// <summary>The copy, or what would have been copied.</summary>
    public const string Near = "near";

    /// <summary>How far apart its rows lie.</summary>
    public const string Stride = "stride";

    /// <summary>The first of the columns that are copied.</summary>
    public const string Panel = "panel";

    private const string Room = "room";

    // How many columns.
    private const string PanelWidth = "width";
    private const string Copies = "copies";

    // A panel's registers, as wide as they are anywhere.
    private const int Pair = 2 * Strategy.MostLanes;

    /// <summary>Room for the copies of rows.</summary>
    public void MakeRoom(Read far, Axis sum) => writer.Line(LanesAcrossOutputs.IsFarForMany(far, sum)
        ? $"Span<float> {Room} = stackalloc float[{LanesAcrossOutputs.MostNear}];"
        : $"Span<float> {Room} = stackalloc float[{Loops.ManyRegisters} ? 0 : {LanesAcrossOutputs.MostNear}];");

    /// <summary>Copies a tile's rows of an operand side by side.</summary>
    public void CopyNear(Read read, Axis sum, Position position) =>
        writer.Line($"ref float {Near} = ref NearRows.Of<Tile>(ref Unsafe.Add(ref {MathPrinter.Memory(read.Tensor)}, {position.With(sum, null).Offset(read.Tensor, read.At)}), {Strides.Along(read.Tensor, read.At, sum)}, {loops.End(sum)}, {Room}, out nint {Stride});");

    /// <summary>Copies a column side by side.</summary>
    public static void Column(CodeWriter writer, ColumnCopy column)
    {
        Read source = column.Source;
        Axis along = source.At.SelectMany(i => i.Axes).Single();
        string first = Register.Single.Load(MathPrinter.Memory(source.Tensor), new Position().With(along, null).Offset(source.Tensor, source.At));
        writer.Line($"ref float {MathPrinter.Memory(column.Copy)} = ref NearColumns.Of(ref {first}, {Strides.Along(source.Tensor, source.At, along)}, stackalloc float[{column.Copy.SizePerSample}]);");
    }

    /// <summary>What a method of tiles is passed of a panel.</summary>
    public static IReadOnlyList<string> PanelParameters { get; } = [$"ref float {Near}", "nint " + Stride, "int " + Panel, "int " + PanelWidth];

    /// <summary>The same, as it is passed on.</summary>
    public static IReadOnlyList<string> PanelArguments { get; } = ["ref " + Near, Stride, Panel, PanelWidth];

    /// <summary>All tiles, once for each panel of columns of a matrix; where no panel is copied, there is one of all columns.</summary>
    public void Panels(Read matrix, LanesAcrossOutputs lanes, Action tiles)
    {
        string columns = lanes.Lane.Extent.ToString();
        int terms = lanes.Sum!.Extent.Value;
        int apart = Strides.Along(matrix.Tensor, matrix.At, lanes.Sum);
        string width = PanelRegisters(lanes);
        string few = lanes.IsPaneledForMany ? string.Empty : $"!{Loops.ManyRegisters} && ";
        writer.Line($"bool {Copies} = {few}{loops.Length(lanes.Tile!)} >= {LanesAcrossOutputs.FewestRowsOfPanel};");
        writer.Line($"int {PanelWidth} = {Copies} ? {width} : {columns};");
        writer.Line($"nint {Stride} = {Copies} ? {PanelWidth} : {apart};");
        writer.Line($"Span<float> {Room} = {Copies} ? stackalloc float[{terms} * {width} + AlignedBuffer.Slack] : default;");
        bool isWhole = lanes.Lane.Extent.Value % Pair == 0;
        string counter = isWhole ? Panel : Loops.Start;
        writer.Open($"for (int {counter} = 0; {counter} < {columns}; {counter} += {PanelWidth})");
        if (!isWhole)
        {
            writer.Line($"int {Panel} = Math.Min({Loops.Start}, {columns} - {PanelWidth}); // the last overlaps the one before");
        }

        writer.Line($"ref float {Near} = ref NearColumns.Of<Floats>(ref Unsafe.Add(ref {MathPrinter.Memory(matrix.Tensor)}, {Panel}), {apart}, {terms}, {Room});");
        tiles();
        writer.Close();
    }

    /// <summary>The registers of a panel, side by side.</summary>
    public void PanelLanes(LanesAcrossOutputs lanes, Position position, Action<Position, LanePass> body)
    {
        string letter = lanes.Lane.Letter;
        var pass = new LanePass(lanes.Vectors(lanes.Rows[0]), Register.Wide, Overlaps: lanes.Lane.Extent.Value % Pair != 0);
        loops.Lanes(letter, $"{Panel} + {PanelWidth}", [pass], p => body(position.With(lanes.Lane, p.Overlaps ? Loops.From : letter), p), Panel);
    }

    private static string PanelRegisters(LanesAcrossOutputs lanes) => Register.Wide.Width(lanes.Vectors(lanes.Rows[0]));
}
