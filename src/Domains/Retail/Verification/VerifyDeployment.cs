using Tradepost.Jobs;
using Tradepost.Retail.Etl;
using Tradepost.Retail.Generation;
using Tradepost.Retail.Sources;
using Tradepost.Storage;
using Tradepost.Storage.Backups;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Migrations;
using Tradepost.Storage.Sources;

namespace Tradepost.Retail.Verification;

/// <summary>Proves a deployment end to end on a shop of its own: every step either shows what it proves or ends the run.</summary>
internal sealed class VerifyDeployment : IAsyncDisposable
{
    private static readonly string[] StarTables =
    [
        "dim_customer",
        "dim_date",
        "dim_manager",
        "dim_payment_method",
        "dim_product",
        "dim_region",
        "fact_sales",
        "history_customer",
        "history_product",
    ];

    private readonly VerifyOptions options;
    private readonly JobContext context;
    private readonly Scratch scratch;
    private readonly ShopSources sources;
    private readonly List<VerifyStep> steps = [];

    private VerifyDeployment(VerifyOptions options, JobContext context)
    {
        this.options = options;
        this.context = context;
        scratch = new Scratch(context.Settings.Store, context.Settings.DataFolder, context.Time.GetUtcNow());
        sources = new ShopSources(
            Shop.SnapshotOrder.ToDictionary(
                database => database,
                Source (database) => new DuckDbSource(database, DuckDbShopTarget.PathOf(scratch.ShopFolder, database), context.Time)
            )
        );
    }

    public static async Task<VerifyResult> RunAsync(VerifyOptions options, JobContext context, CancellationToken cancellationToken)
    {
        await using var verification = new VerifyDeployment(options, context);
        return await verification.RunAsync(cancellationToken);
    }

    public ValueTask DisposeAsync() => scratch.DisposeAsync();

    private async Task<VerifyResult> RunAsync(CancellationToken cancellationToken)
    {
        var started = context.Time.GetTimestamp();
        var target = await scratch.CreateAsync("warehouse", cancellationToken);
        await ProveAsync("migrate from zero", async () => $"{(await MigrateAsync(target, cancellationToken)).Count} migrations applied");
        await ProveAsync("generate", () => GenerateAsync(cancellationToken));
        var full = TimeSpan.Zero;
        await ProveAsync("full load", async () =>
        {
            var result = await LoadAsync(target, EtlMode.Full, cancellationToken);
            full = TimeSpan.FromSeconds(result.Seconds);
            return $"{result.RowsLoaded} rows loaded, {result.Differing} rows differ";
        });
        await ProveAsync("recompute independently", () => RecomputeAsync(target, cancellationToken));
        await ProveAsync("incremental load", async () =>
        {
            await AdvanceAsync(7, cancellationToken);
            var result = await LoadAsync(target, EtlMode.Incremental, cancellationToken);
            return $"{result.RowsLoaded} rows loaded, {result.Differing} rows differ; {await RecomputeAsync(target, cancellationToken)}";
        });
        await ProveAsync("load twice", () => LoadTwiceAsync(target, cancellationToken));
        await ProveAsync("kill and resume", () => KillAsync(target, full, cancellationToken));
        await ProveAsync("back up and restore", () => RestoreAsync(target, cancellationToken));
        return new VerifyResult("succeeded", target.Description, steps, context.Time.GetElapsedTime(started).TotalSeconds);
    }

    private async Task ProveAsync(string step, Func<Task<string>> prove)
    {
        context.Progress.Report(new JobProgress(step));
        var started = context.Time.GetTimestamp();
        try
        {
            var shown = await prove();
            steps.Add(new VerifyStep(step, shown, context.Time.GetElapsedTime(started).TotalSeconds));
        }
        catch (JobFailedException failure)
        {
            throw new JobFailedException($"Verification failed at \"{step}\": {failure.Message}", failure.ExitCode ?? 1, failure);
        }
    }

    private async Task<IReadOnlyList<Migration>> MigrateAsync(StoreTarget target, CancellationToken cancellationToken)
    {
        await using var store = target.Open(context.Time);
        return await new Migrator(store, context.Migrations, context.Time).MigrateAsync(cancellationToken);
    }

    private async Task<string> GenerateAsync(CancellationToken cancellationToken)
    {
        var shop = new ShopOptions
        {
            Scale = options.Scale,
            Seed = options.Seed,
            Until = DateOnly.FromDateTime(context.Time.GetUtcNow().UtcDateTime).AddDays(-7 - options.Kills - 1),
        };
        var result = await new ShopGenerator(shop, context.Time).GenerateAsync(
            new DuckDbShopTarget(scratch.ShopFolder),
            force: false,
            cancellationToken
        );
        return $"{result.Counts.Orders} orders with {result.Counts.OrderItems} lines";
    }

    private async Task<EtlResult> LoadAsync(StoreTarget target, EtlMode mode, CancellationToken cancellationToken)
    {
        await using var store = target.Open(context.Time);
        return await new LoadWarehouse(store, sources, context.Time, context.Progress).RunAsync(
            new EtlOptions { Mode = mode },
            cancellationToken
        );
    }

    private Task<AdvanceResult> AdvanceAsync(int days, CancellationToken cancellationToken) =>
        new ShopSimulator(
            (database, token) => DuckDbStore.OpenFileAsync(DuckDbShopTarget.PathOf(scratch.ShopFolder, database), token),
            options.Seed
        ).AdvanceAsync(days, cancellationToken);

    private async Task<string> RecomputeAsync(StoreTarget target, CancellationToken cancellationToken)
    {
        await using var store = target.Open(context.Time);
        return $"{await new Recomputation(sources).CompareAsync(store, cancellationToken)} lines agree with the sources to the cent";
    }

    private async Task<string> LoadTwiceAsync(StoreTarget target, CancellationToken cancellationToken)
    {
        var before = await FingerprintAsync(target, cancellationToken);
        await LoadAsync(target, EtlMode.Incremental, cancellationToken);
        Require(before, await FingerprintAsync(target, cancellationToken), "an incremental run over nothing new");
        await LoadAsync(target, EtlMode.Full, cancellationToken);
        Require(before, await FingerprintAsync(target, cancellationToken), "a full run over nothing new");
        return "an incremental and a full run over nothing new left every table as it was";
    }

    private async Task<string> KillAsync(StoreTarget target, TimeSpan full, CancellationToken cancellationToken)
    {
        var random = new Random(options.Seed);
        var killed = 0;
        for (var i = 0; i < options.Kills; i++)
        {
            await AdvanceAsync(1, cancellationToken);
            var before = await FingerprintAsync(target, cancellationToken);
            var after = TimeSpan.FromSeconds(0.2) + (full * random.NextDouble());
            if (await ChildRun.KillAsync(target, scratch.Folder, after, context.Time, cancellationToken))
            {
                killed++;
                var left = await FingerprintAsync(target, cancellationToken);
                await LoadAsync(target, EtlMode.Full, cancellationToken);
                var complete = await FingerprintAsync(target, cancellationToken);
                if (!left.SequenceEqual(before) && !left.SequenceEqual(complete))
                {
                    throw new JobFailedException(
                        $"A run that was killed after {after.TotalSeconds:0.00} seconds left a part of its work behind."
                    );
                }
            }

            await RecomputeAsync(target, cancellationToken);
        }

        return $"{killed} of {options.Kills} runs were killed half way, each left a whole warehouse, and the next run completed it";
    }

    private async Task<string> RestoreAsync(StoreTarget target, CancellationToken cancellationToken)
    {
        var file = Path.Combine(scratch.Folder, "backup.zip");
        var manifest = await StoreBackup.Of(target, context.Migrations, context.Time).BackUpAsync(file, Report, cancellationToken);
        var restored = await scratch.CreateAsync("restored", cancellationToken);
        await StoreBackup.Of(restored, context.Migrations, context.Time).RestoreAsync(file, force: false, Report, cancellationToken);
        Require(await FingerprintAsync(target, cancellationToken), await FingerprintAsync(restored, cancellationToken), "a restore");
        return $"{manifest.Tables.Sum(table => table.Rows)} rows of {manifest.Tables.Count} tables came back with the same checksums";
    }

    /// <summary>The star's tables, each with its number of rows and the checksum of its content.</summary>
    private async Task<IReadOnlyList<string>> FingerprintAsync(StoreTarget target, CancellationToken cancellationToken)
    {
        var file = Path.Combine(scratch.Folder, $"{Guid.NewGuid():N}.zip");
        var manifest = await StoreBackup.Of(target, context.Migrations, context.Time).BackUpAsync(file, Report, cancellationToken);
        File.Delete(file);
        return
        [
            .. manifest
                .Tables.Where(table => StarTables.Contains(table.Name))
                .OrderBy(table => table.Name, StringComparer.Ordinal)
                .Select(table => $"{table.Name} {table.Rows} {table.Checksum}"),
        ];
    }

    private void Report(string step) => context.Progress.Report(new JobProgress(step));

    private static void Require(IReadOnlyList<string> expected, IReadOnlyList<string> found, string cause)
    {
        if (!expected.SequenceEqual(found))
        {
            throw new JobFailedException(
                $"{cause} changed {string.Join(", ", expected.Except(found).Select(line => line.Split(' ')[0]))}."
            );
        }
    }
}
