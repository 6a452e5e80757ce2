using Tradepost.App.Tables;
using Tradepost.Storage.Files;

namespace Tradepost.App.Learning;

/// <summary>A column of a CSV as a model sees it.</summary>
/// <param name="Name">In the file.</param>
/// <param name="Categories">Its texts, in the order of their codes; null for numbers.</param>
/// <param name="Imputed">What stands for an empty cell; null: it is missing.</param>
internal sealed record ColumnEncoding(string Name, IReadOnlyList<string>? Categories, double? Imputed)
{
    private const int MostUsual = 20;

    public static ColumnEncoding Learn(CsvTable table, string name, bool impute)
    {
        if (!table.IsNumeric(name))
        {
            return new ColumnEncoding(name, LearnCategories(table, name), null);
        }

        var known = impute ? table.Numbers(name).Where(double.IsFinite).ToList() : [];
        return new ColumnEncoding(
            name,
            null,
            impute
                ? known.Count == 0
                    ? 0
                    : known.Average()
                : null
        );
    }

    private static List<string> LearnCategories(CsvTable table, string name)
    {
        var missing = new HashSet<string>(StringComparer.Ordinal);
        var found = new HashSet<string>(StringComparer.Ordinal);
        var texts = table.Texts(name);
        for (var row = 0; row < texts.Length; row++)
        {
            _ = table.IsMissing(row, name) ? missing.Add(texts[row].Trim()) : found.Add(texts[row]);
        }

        if (missing.Where(text => text.Length > 0).Order(StringComparer.Ordinal).ToList() is { Count: > 0 } words)
        {
            table.Notice($"{name}: {string.Join(" and ", words.Select(word => $"'{word}'"))} counts as a missing value.");
        }

        var several = found.GroupBy(Spelled.Key, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1);
        if (several is not null)
        {
            table.Notice(
                $"{name} has {string.Join(" and ", several.Order(StringComparer.Ordinal).Select(text => $"'{Shown.Cell(text)}'"))}, "
                    + "which are categories of their own."
            );
        }

        if (found.Count > MostUsual && 2 * found.Count > table.Count)
        {
            table.Notice($"{name} has {found.Count:N0} different texts in {table.Count:N0} rows: hardly categories.");
        }

        return [.. found.Order(StringComparer.Ordinal)];
    }

    /// <summary>Numbers or codes; NaN is missing, and so is a text that was not there in the fit.</summary>
    public double[] Read(CsvTable table)
    {
        if (Categories is null)
        {
            return [.. table.Numbers(Name).Select(value => double.IsNaN(value) ? Imputed ?? value : value)];
        }

        var codes = Categories
            .Select((text, code) => (text, code))
            .ToDictionary(pair => pair.text, pair => (double)pair.code, StringComparer.Ordinal);
        var values = new double[table.Count];
        var (unknown, first) = (0, -1);
        for (var row = 0; row < values.Length; row++)
        {
            values[row] = codes.GetValueOrDefault(table.Text(row, Name), double.NaN);
            if (double.IsNaN(values[row]) && !table.IsMissing(row, Name))
            {
                (unknown, first) = (unknown + 1, first < 0 ? row : first);
            }
        }

        if (unknown > 0)
        {
            table.Notice(
                $"{unknown:N0} cells of {Name} are texts that were not in the fit, first '{Shown.Cell(table.Text(first, Name))}' in line "
                    + $"{table.Line(first)}."
            );
        }

        return values;
    }
}
