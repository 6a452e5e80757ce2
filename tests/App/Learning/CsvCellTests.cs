using Tradepost.App.Learning;

namespace Tradepost.App.Tests.Learning;

public sealed class CsvCellTests
{
    private static readonly string[] Starts = ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "=cmd|' /C calc'!A0", "＝1", "＋1", "－1", "＠x"];
    private static readonly string[] Before = ["", " ", "  ", "\"", "'", " \"'", "a;", "a\t", "a\n", "a\r\n", ";", "a; "];

    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a-b", "a-b")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("a \"b\"", "\"a \"\"b\"\"\"")]
    [InlineData("two\nlines", "\"two\nlines\"")]
    [InlineData("", "")]
    [InlineData("12", "12")]
    [InlineData("-12.5", "-12.5")]
    [InlineData("+.5e-3", "+.5e-3")]
    [InlineData("=1", "'=1")]
    [InlineData("-12,5", "\"'-12,5\"")]
    [InlineData("\tx", "'\tx")]
    [InlineData("-", "'-")]
    [InlineData("--1", "'--1")]
    public void A_cell_is_quoted_and_guarded(string text, string cell) => CsvCell.Of(text).ShouldBe(cell);

    /// <summary>Read back as a spreadsheet reads it, no cell begins as a formula, whatever it takes for the end of a cell.</summary>
    [Fact]
    public void No_cell_that_a_spreadsheet_might_see_begins_a_formula()
    {
        foreach (var text in Before.SelectMany(before => Starts.Select(start => before + start)))
        {
            var cell = CsvCell.Of(text);
            var read = cell is ['"', .., '"'] ? cell[1..^1].Replace("\"\"", "\"") : cell;

            foreach (var part in read.Split([';', '\t', '\r', '\n']))
            {
                var seen = part.TrimStart(' ', '"');
                (seen.Length > 0 && Starts.Any(start => seen[0] == start[0])).ShouldBeFalse($"{text} became {cell}");
            }
        }
    }
}
