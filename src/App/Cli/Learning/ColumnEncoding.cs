namespace Tradepost.App.Cli.Learning;

/// <summary>A column of a CSV as a model sees it.</summary>
/// <param name="Name">In the file.</param>
/// <param name="Categories">Its texts, in the order of their codes; null for numbers.</param>
/// <param name="Imputed">What stands for an empty cell; null: it is missing.</param>
internal sealed record ColumnEncoding(string Name, IReadOnlyList<string>? Categories, double? Imputed)
{
    public static ColumnEncoding Learn(CsvTable table, string name, bool impute)
    {
        if (!table.IsNumeric(name))
        {
            return new ColumnEncoding(
                name,
                [
                    .. table
                        .Texts(name)
                        .Where(text => text is not ("" or "NA"))
                        .Distinct(StringComparer.Ordinal)
                        .Order(StringComparer.Ordinal),
                ],
                null
            );
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

    /// <summary>Numbers or codes; NaN is missing, and so is a text that was not there in the fit.</summary>
    public double[] Read(CsvTable table)
    {
        if (Categories is null)
        {
            return
            [
                .. table
                    .Numbers(Name)
                    .Select(
                        (value, row) =>
                            double.IsInfinity(value) ? throw table.Bad(row, Name, "infinite", "a finite number")
                            : double.IsNaN(value) ? Imputed ?? value
                            : value
                    ),
            ];
        }

        var codes = Categories
            .Select((text, code) => (text, code))
            .ToDictionary(pair => pair.text, pair => (double)pair.code, StringComparer.Ordinal);
        return [.. table.Texts(Name).Select(text => codes.TryGetValue(text, out var code) ? code : double.NaN)];
    }
}
