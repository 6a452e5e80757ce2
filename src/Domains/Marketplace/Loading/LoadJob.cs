using System.Data.Common;
using Tradepost.Jobs;
using Tradepost.Jobs.Loading;
using Tradepost.Storage;
using Tradepost.Storage.Files;
using Tradepost.Storage.Rejects;

namespace Tradepost.Marketplace.Loading;

/// <summary>Loads files of offers, products, prices and known sales.</summary>
internal static class LoadJob
{
    private const int ShownSamples = 3;

    /// <summary>Rows of a transaction, about; each costs a look at all products of it.</summary>
    private const int CommitRows = 4_000_000;

    /// <summary>The same where rows go straight into place: what is lost by whoever is killed is read again within the minute.</summary>
    private const int MostStraightRows = 50_000_000;

    public static async Task<object> RunAsync(LoadOptions options, JobContext context, CancellationToken cancellationToken)
    {
        var forms = Find(options);
        return options.DryRun ? Show(forms) : await LoadAsync(forms, options, context, cancellationToken);
    }

    private static List<ListingForm> Find(LoadOptions options)
    {
        var said = options.Said() with { IsUtc = true };
        return GivenFiles.Find(
            options.Files,
            options.Map,
            path =>
            {
                var written = DateOnly.FromDateTime(File.GetLastWriteTimeUtc(path));
                return DataFile.Below(path).Select(file => new ListingSearch(file, options, said, written).Find());
            },
            form => form.Names
        );
    }

    private static DryRunResult Show(IEnumerable<ListingForm> forms) =>
        new([
            .. forms.SelectMany(form =>
                form.Names.Select(
                    (name, index) =>
                        new ShownColumn(
                            form.FileName,
                            form.Kind,
                            name,
                            form.Columns.FirstOrDefault(column => column.Index == index)?.Field.Name,
                            [
                                .. form
                                    .Head.Records.Skip(form.HasHeader ? 1 : 0)
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

    private static async Task<LoadResult> LoadAsync(
        List<ListingForm> forms,
        LoadOptions options,
        JobContext context,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await context.Store.OpenSessionAsync(cancellationToken);
        var loaded = new List<LoadedListing>();
        var (changed, findings) = (0L, new List<FindingCount>());
        foreach (var form in forms)
        {
            var step = $"load {form.FileName} ({loaded.Count + 1} of {forms.Count})";
            context.Progress.Report(new JobProgress(step));
            var known = await KnownDaysAsync(context.Store, connection, cancellationToken);
            var write = new ListingWrite(context.Store, form.Shape, known);
            var load = new FileLoad(context.Store, connection, context.Time, RejectTable.Of(TableOf(form.Kind), context.Time))
            {
                CommitRows = CommitRows,
                NeedsRoom = write.Divides,
                GoesOn = rows => write.GoesStraight && rows < MostStraightRows,
                Bounds = options.Bounds(),
                Fence = context.FenceAsync,
                WriteRows = write.WriteAsync,
                OnCommitted = rows => context.Progress.Report(new JobProgress(step, rows)),
            };
            await using var index = await KeyIndex.TakeAsync(
                context.Store,
                connection,
                isFilling: known is null && write.MayGoStraight,
                cancellationToken
            );
            var lines = new ListingLines(form);
            var file = await GivenFiles.LoadAsync(load, form.Head.File, form.FileName, lines, options, cancellationToken);
            loaded.Add(
                new LoadedListing(
                    form.FileName,
                    form.Kind,
                    lines.Lines + file.Rejected,
                    write.Tally.Products,
                    write.Tally.Offers,
                    write.Tally.Days,
                    file.Rejected,
                    file.State,
                    form.ReadAs,
                    [.. form.Names.Where((_, index) => form.Columns.All(column => column.Index != index))]
                )
            );
            changed += write.Changed;
            findings.AddRange(load.Findings.Counts);
        }

        return new LoadResult(loaded, changed, findings);
    }

    /// <summary>The table that rejects of a kind are of.</summary>
    private static string TableOf(ListingKind kind) =>
        kind switch
        {
            ListingKind.Offers => "offers",
            ListingKind.Prices => "price_history",
            ListingKind.Sales => "known_sales",
            _ => "features_daily",
        };

    /// <summary>The days, as numbers, that there are features of; a store that would have to read all rows for that says any day.</summary>
    private static async Task<(int First, int Last)?> KnownDaysAsync(
        Store store,
        DbConnection connection,
        CancellationToken cancellationToken
    )
    {
        if (await connection.ScalarAsync<int>("SELECT 1 FROM features_daily LIMIT 1", null, cancellationToken) == 0)
        {
            return null;
        }

        if (store.Traits.UsesIndexes)
        {
            return (int.MinValue, int.MaxValue);
        }

        var days = await connection.ReadAsync(
            "SELECT CAST(min(feature_date) AS timestamp), CAST(max(feature_date) AS timestamp) FROM features_daily",
            row => (First: row.GetDateTime(0), Last: row.GetDateTime(1)),
            cancellationToken
        );
        return ((int)(Moment.Of(days[0].First) / Moment.Day), (int)(Moment.Of(days[0].Last) / Moment.Day));
    }
}
