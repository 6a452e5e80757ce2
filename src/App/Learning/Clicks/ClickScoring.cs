using Tradepost.Jobs;
using Tradepost.Learning.Clicks;
using Tradepost.Serving.Commands;
using Tradepost.Storage.Files;

namespace Tradepost.App.Learning.Clicks;

/// <summary>Goes through a file in batches and predicts each.</summary>
internal sealed class ClickScoring(string modelPath, string filePath, TableForm form, CancellationToken cancellationToken)
{
    private const int BatchRows = 10_000;

    private readonly ClickPrediction[] predictions = new ClickPrediction[BatchRows];
    private readonly byte[] labels = new byte[BatchRows];

    public ClickModel Model { get; } = Abandonable.Run(() => Load(modelPath), cancellationToken);

    /// <summary>How the file was understood.</summary>
    public string ReadAs { get; private set; } = "";

    /// <summary>Hands over each batch: the rows, what is predicted, and the labels where a column of them is named.</summary>
    /// <returns>How many rows there were.</returns>
    public long Run(string? label, Action<ClickRows, ClickPrediction[], byte[]> use, IProgress<JobProgress> progress)
    {
        using var csv = ClickCsv.Open(filePath, form);
        csv.Choose(Model.Fields, label is null ? [] : [label]);
        var rows = Model.NewRows(BatchRows);
        var total = 0L;
        for (var more = true; more; )
        {
            rows.Clear();
            while (rows.Count < BatchRows && (more = csv.Read()))
            {
                Add(rows, csv);
                labels[rows.Count - 1] = label is null ? (byte)0 : csv.Label(Model.Fields.Count);
            }

            cancellationToken.ThrowIfCancellationRequested();
            Model.Predict(rows, predictions, cancellationToken: cancellationToken);
            use(rows, predictions, labels);
            total += rows.Count;
            progress.Report(new JobProgress("predicting", total));
        }

        ReadAs = csv.ReadAs;
        return total > 0 ? total : throw csv.NoRows();
    }

    private void Add(ClickRows rows, ClickCsv csv)
    {
        try
        {
            for (var field = 0; field < Model.Fields.Count; field++)
            {
                rows.Set(field, csv.Text(field));
            }
        }
        catch (ArgumentException e)
        {
            throw csv.Bad(e);
        }

        rows.EndRow();
    }

    private static ClickModel Load(string path)
    {
        if (!File.Exists(path))
        {
            throw new UsageException($"There is no file {path}.");
        }

        using var stream = File.OpenRead(path);
        try
        {
            return ClickModel.Load(stream);
        }
        catch (FormatException e)
        {
            throw new UsageException($"{path}: {e.Message}");
        }
    }
}
