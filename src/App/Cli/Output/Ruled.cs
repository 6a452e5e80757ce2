using Spectre.Console;
using Spectre.Console.Rendering;

namespace Tradepost.App.Cli.Output;

/// <summary>A table's look: one rule under the headers and nothing else, so that rows can be cut and pasted.</summary>
internal sealed class Ruled : TableBorder
{
    public override string GetPart(TableBorderPart part) => part switch
    {
        TableBorderPart.HeaderBottom => "─",
        TableBorderPart.HeaderBottomSeparator => "─",
        TableBorderPart.HeaderSeparator or TableBorderPart.CellSeparator => " ",
        _ => "",
    };

    // Rules above and below the rows would be empty lines.
    public override string GetColumnRow(TablePart part, IReadOnlyList<int> widths, IReadOnlyList<IColumn> columns) =>
        part is TablePart.Top or TablePart.Bottom ? "" : base.GetColumnRow(part, widths, columns);
}
