using Tradepost.App.Tables;
using Tradepost.Learning.Regression;
using Tradepost.Serving.Commands;

namespace Tradepost.App.Learning;

/// <summary>What <c>fit</c> reads from its file: rows with a target, as the model takes them.</summary>
/// <param name="Notes">What was decided.</param>
/// <param name="ReadAs">How the file was understood.</param>
/// <param name="Notices">What was guessed of it.</param>
internal sealed record FitInput(
    FitModel Model,
    TableEncoding Encoding,
    FeatureTable Rows,
    double[] Target,
    IReadOnlyList<string> Notes,
    string ReadAs,
    IReadOnlyList<string> Notices
)
{
    public static FitInput Read(FitRequest request, FitOptions options)
    {
        var table = CsvTable.Read(request.File, request.Form);
        if (table.Count == 0)
        {
            throw new UsageException($"{request.File} has no rows below its header.");
        }

        foreach (var name in request.Form.Texts ?? [])
        {
            table.Require(name);
        }

        var labels = Labels.Of(table, request.Target);
        var values = labels.Names;
        var model = FitModels.Resolve(request.Model, values.Count == 2 || !labels.AreNumbers);
        if (model.IsClassifier && values.Count != 2)
        {
            throw new UsageException(
                $"{request.File}: {request.Target} has {(values.Count < 2 ? "one value" : "more than two values")}; a classifier tells "
                    + $"two apart{(labels.AreNumbers ? "" : ", and other models need numbers")}."
            );
        }

        var encoding = TableEncoding.Learn(table, request.Target, model.IsClassifier ? values : null, model.IsLinear, options.Impute);
        var target = encoding.ReadTarget(table);
        int[] known = [.. Enumerable.Range(0, target.Length).Where(row => !double.IsNaN(target[row]))];
        var notes = new List<string>();
        if (known.Length < target.Length)
        {
            notes.Add($"{target.Length - known.Length:N0} rows without a {request.Target} were left out.");
        }

        if (model.IsClassifier)
        {
            notes.Add($"Predictions are probabilities of {request.Target} = {values[1]}.");
        }

        var rows = encoding.Encode(table).Take(known);
        return new FitInput(model, encoding, rows, [.. known.Select(row => target[row])], notes, table.ReadAs, table.Notices);
    }
}
