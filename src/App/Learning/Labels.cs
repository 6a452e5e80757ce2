using Tradepost.App.Tables;
using Tradepost.Storage.Files;

namespace Tradepost.App.Learning;

/// <summary>The different values of a column that is predicted, up to three: two are classes.</summary>
/// <param name="Names">As the file writes them, each once, in the order of their texts.</param>
/// <param name="AreNumbers">Whether they are numbers; 1 and 1.0 are one then.</param>
internal sealed record Labels(IReadOnlyList<string> Names, bool AreNumbers)
{
    private const int Enough = 3;

    public static Labels Of(CsvTable table, string column) => table.IsNumeric(column) ? OfNumbers(table, column) : OfTexts(table, column);

    private static Labels OfNumbers(CsvTable table, string column)
    {
        var numbers = table.Numbers(column);
        var found = new Dictionary<double, string>();
        for (var row = 0; row < numbers.Length && found.Count < Enough; row++)
        {
            if (!double.IsNaN(numbers[row]))
            {
                var text = table.Text(row, column).Trim();
                found[numbers[row]] = found.TryGetValue(numbers[row], out var known) ? Shorter(known, text) : text;
            }
        }

        // A name means the same wherever it is read again: with a point.
        return new Labels(
            [.. found.Select(pair => Named(pair.Value, pair.Key) ? pair.Value : pair.Key.ToString("R")).Order(StringComparer.Ordinal)],
            AreNumbers: true
        );
    }

    private static Labels OfTexts(CsvTable table, string column)
    {
        var spellings = new Dictionary<string, (string Text, int Row)>(StringComparer.Ordinal);
        for (var row = 0; row < table.Count && spellings.Count < Enough; row++)
        {
            if (table.IsMissing(row, column))
            {
                continue;
            }

            var text = table.Text(row, column).Trim();
            if (!spellings.TryAdd(Spelled.Key(text), (text, row)) && spellings[Spelled.Key(text)] is var first && first.Text != text)
            {
                throw table.Bad(row, column, text, $"'{first.Text}', as in line {table.Line(first.Row)}: a label has one spelling");
            }
        }

        return new Labels([.. spellings.Values.Select(one => one.Text).Order(StringComparer.Ordinal)], AreNumbers: false);
    }

    private static bool Named(string text, double number) =>
        NumberCell.TryParse(System.Text.Encoding.UTF8.GetBytes(text), DecimalSign.Point, out var read) && read == number;

    private static string Shorter(string a, string b) =>
        a.Length != b.Length ? (a.Length < b.Length ? a : b)
        : string.CompareOrdinal(a, b) <= 0 ? a
        : b;
}
