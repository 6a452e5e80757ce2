using Tradepost.Advertising.Metrics;
using Tradepost.Jobs;
using Tradepost.Jobs.Loading;
using Tradepost.Storage.Files;
using Tradepost.Storage.Rejects;

namespace Tradepost.Advertising.Loading;

/// <summary>Loads exports of ad platforms.</summary>
internal static class LoadExports
{
    public const string Name = "ads.load";

    private const string Destination = "ad_metrics";
    private const int ShownSamples = 3;

    public static async Task<object> RunAsync(LoadExportsOptions options, JobContext context, CancellationToken cancellationToken)
    {
        var forms = Find(options);
        return options.DryRun ? Show(forms) : await LoadAsync(forms, options, context, cancellationToken);
    }

    private static List<ExportForm> Find(LoadExportsOptions options)
    {
        var said = options.Said();
        return GivenFiles.Find(
            options.Files,
            options.Map,
            path => DataFile.Below(path).Select(file => new ExportSearch(file, options, said).Find()),
            form => form.Names
        );
    }

    private static ShownExports Show(IEnumerable<ExportForm> forms) =>
        new([
            .. forms.SelectMany(form =>
                form.Names.Select(
                    (name, index) =>
                        new ShownExportColumn(
                            form.FileName,
                            name,
                            form.Columns.FirstOrDefault(column => column.Index == index)?.Field.Name,
                            [
                                .. form
                                    .Head.Records.Skip(1)
                                    .Select(record => record[index])
                                    .Where(cell => cell.Length > 0)
                                    .Distinct()
                                    .Take(ShownSamples)
                                    .Select(Shown.Cell),
                            ]
                        )
                )
            ),
        ]);

    private static async Task<LoadExportsResult> LoadAsync(
        List<ExportForm> forms,
        LoadExportsOptions options,
        JobContext context,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await context.Store.OpenSessionAsync(cancellationToken);
        await using var spared = await context.Store.SpareCoreAsync(cancellationToken); // for the lines, which are read meanwhile
        var write = new ReportWrite(context.Store, context.Time);
        var loaded = new List<LoadedExport>();
        var findings = new List<FindingCount>();
        foreach (var form in forms)
        {
            var step = $"load {form.FileName} ({loaded.Count + 1} of {forms.Count})";
            context.Progress.Report(new JobProgress(step));
            var load = new FileLoad(context.Store, connection, context.Time, RejectTable.Of(Destination, context.Time))
            {
                Bounds = options.Bounds(),
                Fence = context.FenceAsync,
                WriteRows = write.WriteAsync,
                OnCommitted = rows => context.Progress.Report(new JobProgress(step, rows)),
            };
            var lines = new ExportLines(form);
            var file = await GivenFiles.LoadAsync(load, form.Head.File, form.FileName, lines, options, cancellationToken);
            loaded.Add(Told(form, lines.Tally, file));
            findings.AddRange(load.Findings.Counts);
        }

        return new LoadExportsResult(loaded, write.Changed, write.Restated, findings);
    }

    private static LoadedExport Told(ExportForm form, ExportTally tally, LoadedFile file) =>
        new(
            form.FileName,
            form.Columns.Any(column => column.Field.Role is ExportRole.Ad or ExportRole.AdName) ? "ads"
                : form.Columns.Any(column => column.Field.Role is ExportRole.AdSet or ExportRole.AdSetName) ? "ad_sets"
                : "campaigns",
            tally.Rows + file.Rejected,
            tally.Campaigns,
            tally.Days,
            tally.Totals,
            tally.Impressions,
            tally.Clicks,
            tally.Spend,
            tally.Conversions,
            tally.Approved,
            file.Rejected,
            file.State,
            form.ReadAs,
            form.Ignored
        );
}
