using Tradepost.Advertising.Metrics;
using Tradepost.Arguments;
using Tradepost.Jobs;
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

    /// <summary>How each file is read; nothing is written before all of them can be.</summary>
    private static List<ExportForm> Find(LoadExportsOptions options)
    {
        var said = TableForm.Of(options.Delimiter, options.Decimal, options.DateFormat, options.Encoding);
        var forms = options.Files.SelectMany(path => Find(path, options, said)).ToList();
        if (forms.Count == 0)
        {
            throw new JobFailedException(
                $"There is no file in {string.Join(", ", options.Files)}; expected are files that end in .csv, .tsv, .txt, .gz or .zip."
            );
        }

        foreach (var column in options.Map.Select(pair => pair[..pair.LastIndexOf('=')].Trim()))
        {
            if (!forms.Exists(form => form.Names.Contains(column, StringComparer.OrdinalIgnoreCase)))
            {
                throw new JobFailedException(
                    new Sentence($"{nameof(LoadExportsOptions.Map):argument} names the column '{column}', which no file has."),
                    exitCode: 2
                );
            }
        }

        return forms;
    }

    private static IEnumerable<ExportForm> Find(string path, LoadExportsOptions options, TableForm said)
    {
        try
        {
            return [.. DataFile.Below(path).Select(file => new ExportSearch(file, options, said).Find())];
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new JobFailedException($"{path} cannot be read: {e.Message}", inner: e);
        }
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
                Bounds = new RejectBounds { Most = options.MaxRejects, MostPercent = options.MaxRejectShare },
                Fence = context.FenceAsync,
                WriteRows = write.WriteAsync,
                OnCommitted = rows => context.Progress.Report(new JobProgress(step, rows)),
            };
            var lines = new ExportLines(form);
            var file = await ReadAsync(load, form, lines, options, cancellationToken);
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

    private static async Task<LoadedFile> ReadAsync(
        FileLoad load,
        ExportForm form,
        ExportLines lines,
        LoadExportsOptions options,
        CancellationToken cancellationToken
    )
    {
        try
        {
            return await load.RunAsync(form.Head.File, lines, cancellationToken);
        }
        catch (TooManyRejectsException e)
        {
            throw new JobFailedException(
                e.Most is { } most
                    ? new Sentence(
                        $"{e.File} has more than {most} rows that are none among the first {e.Lines} lines; look at them in rejects, or raise {nameof(LoadExportsOptions.MaxRejects):argument}."
                    )
                    : new Sentence(
                        $"{e.Rejected} of the first {e.Lines} lines that were read of {e.File} are no rows, more than {options.MaxRejectShare} percent; correct the file, or raise {nameof(LoadExportsOptions.MaxRejectShare):argument}. What was committed before is in the store."
                    )
            );
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new JobFailedException(
                $"{form.FileName} cannot be read further: {e.Message} What was read before it is in the store; loading it again goes on there.",
                inner: e
            );
        }
    }
}
