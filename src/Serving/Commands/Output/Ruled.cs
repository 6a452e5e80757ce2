using Spectre.Console;
using Spectre.Console.Rendering;

namespace Tradepost.Serving.Commands.Output;

/// <summary>A table's look: one rule under the headers and nothing else, so that rows can be cut and pasted.</summary>
internal sealed class Ruled : TableBorder
{
    public override string GetPart(TableBorderPart part) =>
        part switch
        {
            TableBorderPart.HeaderBottom or TableBorderPart.HeaderBottomSeparator => "─",
            TableBorderPart.HeaderSeparator or TableBorderPart.CellSeparator => " ",
            _ => "",
        };

    /// <summary>The table without the empty lines that stand for the rules it does not have.</summary>
    public static IRenderable Render(Table table, IAnsiConsole console)
    {
        // Two more columns than there are: the table counts rules to its left and right, which have no width here.
        var segments = ((IRenderable)table).Render(RenderOptions.Create(console, console.Profile.Capabilities), console.Profile.Width + 2);
        var lines = Segment.SplitLines(segments);
        return new Lines([.. lines.Where(line => line.Any(segment => !segment.IsWhiteSpace))]);
    }

    private sealed class Lines(IReadOnlyList<SegmentLine> lines) : Renderable
    {
        protected override IEnumerable<Segment> Render(RenderOptions options, int maxWidth) =>
            lines.SelectMany(line => line.Append(Segment.LineBreak));
    }
}
