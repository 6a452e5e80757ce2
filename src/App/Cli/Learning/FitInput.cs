using System.Globalization;
using Tradepost.Learning.Regression;

namespace Tradepost.App.Cli.Learning;

/// <summary>What <c>fit</c> reads from its file: rows with a target, as the model takes them.</summary>
internal sealed record FitInput(string Model, TableEncoding Encoding, FeatureTable Rows, double[] Target, IReadOnlyList<string> Notes)
{
    public static FitInput Read(FitRequest request, FitOptions options)
    {
        var table = CsvTable.Read(request.File);
        if (table.Count == 0)
        {
            throw new UsageException($"{request.File} has no rows below its header.");
        }

        string[] values =
        [
            .. table
                .Texts(request.Target)
                .Where(text => text is not ("" or "NA"))
                .Distinct(StringComparer.Ordinal)
                .Take(3)
                .Order(StringComparer.Ordinal),
        ];
        var model = FitModels.Resolve(request.Model, values.Length == 2 || !table.IsNumeric(request.Target));
        var isClassifier = FitModels.IsClassifier(model);
        if (isClassifier && values.Length != 2)
        {
            throw new UsageException(
                $"{request.File}: {request.Target} has {(values.Length < 2 ? "one value" : "more than two values")}; a classifier tells two apart{(table.IsNumeric(request.Target) ? "" : ", and other models need numbers")}."
            );
        }

        var encoding = TableEncoding.Learn(table, request.Target, isClassifier ? values : null, FitModels.IsLinear(model), options.Impute);
        var target = encoding.ReadTarget(table);
        int[] known = [.. Enumerable.Range(0, target.Length).Where(row => !double.IsNaN(target[row]))];
        var notes = new List<string>();
        if (known.Length < target.Length)
        {
            notes.Add(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{target.Length - known.Length:N0} rows without a {request.Target} were left out."
                )
            );
        }

        if (isClassifier)
        {
            notes.Add($"Predictions are probabilities of {request.Target} = {values[1]}.");
        }

        return new FitInput(model, encoding, encoding.Encode(table).Take(known), [.. known.Select(row => target[row])], notes);
    }
}
