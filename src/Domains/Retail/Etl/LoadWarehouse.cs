using System.Data.Common;
using System.Diagnostics;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Tradepost.Jobs;
using Tradepost.Retail.Sources;
using Tradepost.Storage;
using Tradepost.Storage.Sources;

namespace Tradepost.Retail.Etl;

/// <summary>
/// The ETL: opens a snapshot of each of the four databases, reads what changed into landing tables, compares source and
/// warehouse and reads again what differs, and publishes everything in one transaction.
/// </summary>
internal sealed class LoadWarehouse(Store store, ShopSources sources, TimeProvider clock, IProgress<JobProgress> progress)
{
    private readonly Dictionary<string, long> rowsRead = [];
    private readonly Lock gate = new();

    public ILogger Logger { get; init; } = NullLogger.Instance;

    /// <summary>Called within the publishing transaction before its commit; it throws when this run must not publish any more.</summary>
    public Func<DbConnection, CancellationToken, Task> Fence { get; init; } = (_, _) => Task.CompletedTask;

    /// <summary>The run that the load is, whose id it then has.</summary>
    public string? Run { get; init; }

    public async Task<EtlResult> RunAsync(EtlOptions options, CancellationToken cancellationToken)
    {
        RunPlan.Check(options);
        var started = Stopwatch.GetTimestamp();
        var startedAt = clock.UtcMoment();
        await using var guard = await store.TryLockAsync("retail.etl", cancellationToken)
            ?? throw new JobFailedException($"Another retail ETL is running on {store.Description}; wait until it has finished.");
        var steps = new StepTimes(step => progress.Report(new JobProgress(step)));
        WarehouseSums? warehouse = null;
        var snapshots = new Dictionary<string, SourceSnapshot>();
        try
        {
            await steps.MeasureAsync("connect", () => OpenSnapshotsAsync(snapshots, cancellationToken));
            warehouse = WarehouseSums.Begin(store, options.Mode, cancellationToken);
            var plan = new RunPlan(options, snapshots[Shop.OrderDatabase].Clock, await WatermarksAsync(cancellationToken))
            {
                StartedAt = startedAt,
                IsStagingLost = await IsStagingLostAsync(cancellationToken),
            };
            var loads = Plan(plan, snapshots);
            await steps.MeasureAsync("check", () => CheckSchemasAsync(loads, cancellationToken));
            BeginSideSums(plan, loads, cancellationToken);
            var extraction = new Extraction(store, Report);
            await using var early = new EarlyPublication(() =>
                new Publication(store, clock, plan, loads, warehouse, sources.Mapping, steps) { Fence = Fence, Run = Run }
            );
            var comparison = new Comparison(store, extraction, warehouse, options.Mode == EtlMode.Incremental, early.AbandonAsync);
            await steps.MeasureAsync("extract", () => ExtractAsync(extraction, comparison, loads, cancellationToken));
            await steps.MeasureAsync("compare", () => CompareAsync(plan, early, comparison, loads, cancellationToken));
            Publication.FailOnDifferences(loads);
            var publication = await early.ReadyAsync(cancellationToken);
            return await publication.CommitAsync(started, cancellationToken);
        }
        finally
        {
            await CloseAsync(warehouse, snapshots.Values);
        }
    }

    /// <summary>
    /// Closes all that was opened, each whatever the others say. What was read has been read: an end that fails changes nothing of it.
    /// </summary>
    private async Task CloseAsync(WarehouseSums? warehouse, IEnumerable<SourceSnapshot> snapshots)
    {
        var closings = snapshots.Select(snapshot => snapshot.DisposeAsync().AsTask()).Prepend(warehouse?.EndAsync() ?? Task.CompletedTask);
        foreach (var closing in closings)
        {
            try
            {
                await closing;
            }
            catch (Exception e) when (e is DbException or IOException or SocketException or OperationCanceledException)
            {
                Logger.LogWarning("After the load a connection could not be closed: {Reason}", e.Message);
            }
        }
    }

    private async Task OpenSnapshotsAsync(Dictionary<string, SourceSnapshot> snapshots, CancellationToken cancellationToken)
    {
        foreach (var database in Shop.SnapshotOrder)
        {
            snapshots[database] = await store.OpenSnapshotAsync(sources.Databases[database], clock, cancellationToken);
        }
    }

    private async Task<IReadOnlyDictionary<string, DateTime>> WatermarksAsync(CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        var rows = await connection.ReadAsync(
            "SELECT source_table, watermark FROM etl_watermarks",
            row => (Table: row.GetString(0), Watermark: row.GetDateTime(1)),
            cancellationToken
        );
        return rows.ToDictionary(row => row.Table, row => row.Watermark);
    }

    private async Task<bool> IsStagingLostAsync(CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        return await connection.ScalarAsync<bool>(
            """
            SELECT (NOT EXISTS (SELECT 1 FROM stg_orders) OR NOT EXISTS (SELECT 1 FROM stg_order_items)) AND EXISTS (SELECT 1
              FROM fact_sales WHERE NOT is_deleted)
                OR NOT EXISTS (SELECT 1 FROM stg_payments) AND EXISTS (SELECT 1 FROM fact_sales WHERE NOT is_deleted AND paid_amount <> 0)
                OR NOT EXISTS (SELECT 1 FROM stg_customers) AND EXISTS (SELECT 1 FROM dim_customer WHERE customer_key <> 0
                  AND NOT is_inferred AND NOT is_deleted)
                OR NOT EXISTS (SELECT 1 FROM stg_products) AND EXISTS (SELECT 1 FROM dim_product WHERE product_key <> 0
                  AND NOT is_inferred AND NOT is_deleted)
            """,
            null,
            cancellationToken
        );
    }

    private List<TableLoad> Plan(RunPlan plan, Dictionary<string, SourceSnapshot> snapshots) =>
        [
            .. Shop.Tables.Select(table =>
            {
                var query = sources.QueryFor(table);
                var (from, to) = plan.IntervalOf(table);
                return new TableLoad
                {
                    Table = table,
                    Query = query,
                    Snapshot = snapshots[table.Database],
                    After = query.IsPresent ? null : new BucketSums(),
                    Condition = query.ChangedWithin(from, to, table.Parent is { } parent ? sources.QueryFor(parent) : null),
                };
            }),
        ];

    /// <summary>Order lines are the largest table and would wait for the orders: a server sums them at the same time.</summary>
    private void BeginSideSums(RunPlan plan, List<TableLoad> loads, CancellationToken cancellationToken)
    {
        foreach (
            var load in loads.Where(load =>
                load.Table.Parent is not null
                && !load.IsWhole
                && !plan.IsInterval
                && load.Query.IsPresent
                && load.Snapshot is not IDirectCopy
            )
        )
        {
            load.SideSums = Task.Run(
                () => Comparison.SideSumsAsync(sources.Databases[load.Table.Database], load.Query, cancellationToken),
                cancellationToken
            );
        }
    }

    private async Task CheckSchemasAsync(List<TableLoad> loads, CancellationToken cancellationToken)
    {
        foreach (var load in loads.Where(load => load.Query.IsPresent))
        {
            var found = sources.Mapping is null
                ? await load.Snapshot.ColumnsOfAsync(load.Query.AllColumns, cancellationToken)
                : await MappedColumnsAsync(load, cancellationToken);
            load.Query.Know(found);
            if (sources.Mapping is null)
            {
                var missing = load
                    .Table.Columns.Select(c => c.Name)
                    .Except(found.Select(column => column.Name), StringComparer.OrdinalIgnoreCase)
                    .ToList();
                if (missing.Count > 0)
                {
                    throw new SourceSchemaException(
                        $"Source {load.Table.Database}: table {load.Table.Name} lacks {string.Join(" and ", missing)}; expected "
                            + $"{string.Join(", ", load.Table.Columns.Select(c => c.Name))}."
                    );
                }
            }
        }

        WarnOfZones(loads);
    }

    /// <summary>
    /// What a server in another zone writes into columns without one is off by that zone, and nobody can see it in the rows.
    /// </summary>
    private void WarnOfZones(List<TableLoad> loads)
    {
        foreach (
            var database in loads
                .Where(load => load.Query.IsPresent && load.Snapshot.ZoneOffset != TimeSpan.Zero)
                .GroupBy(load => load.Table.Database)
        )
        {
            var columns = database.SelectMany(load => load.Query.WithoutZone).ToList();
            if (columns.Count > 0)
            {
                Logger.LogWarning(
                    "Source {Source}: its server's time is {Hours} hours from UTC, and {Columns} have no zone (DATETIME): they are taken "
                        + "as UTC. Say time_zone=UTC in the address if the shop writes UTC, or its zone, as in time_zone=Europe/Kyiv, if "
                        + "it writes local time",
                    database.Key,
                    database.First().Snapshot.ZoneOffset.TotalHours.ToString("+0.##;-0.##"),
                    string.Join(", ", columns)
                );
            }
        }
    }

    private static async Task<IReadOnlyList<SourceColumn>> MappedColumnsAsync(TableLoad load, CancellationToken cancellationToken)
    {
        try
        {
            return await load.Snapshot.ColumnsOfAsync(load.Query.Shape, cancellationToken);
        }
        catch (SourceSchemaException failure)
        {
            await FailOnRefusedAsync(load, load.Query.Presence, $"{load.Table.Name} comes from {load.Query.From}", cancellationToken);
            foreach (var column in load.Table.Columns)
            {
                await FailOnRefusedAsync(
                    load,
                    load.Query.ShapeOf(column),
                    $"{load.Table.Name}.{column.Name} is {load.Query.ExpressionOf(column)}",
                    cancellationToken
                );
            }

            throw new SourceSchemaException($"The mapping of {load.Table.Name} is refused. {failure.Message}", failure);
        }
    }

    /// <summary>Names what the mapping says when a source refuses that alone.</summary>
    private static async Task FailOnRefusedAsync(TableLoad load, string query, string said, CancellationToken cancellationToken)
    {
        try
        {
            await load.Snapshot.ColumnsOfAsync(query, cancellationToken);
        }
        catch (SourceSchemaException refused)
        {
            throw new SourceSchemaException($"The mapping says that {said}. {refused.Message}", refused);
        }
    }

    /// <summary>The four databases at once, each one's tables in order, for a snapshot answers one query at a time.</summary>
    private static Task PerDatabaseAsync(IEnumerable<TableLoad> loads, Func<IReadOnlyList<TableLoad>, Task> action) =>
        Task.WhenAll(loads.GroupBy(load => load.Table.Database).Select(group => Task.Run(() => action([.. group]))));

    /// <summary>Reads, and compares at once what was read whole.</summary>
    private static Task ExtractAsync(
        Extraction extraction,
        Comparison comparison,
        List<TableLoad> loads,
        CancellationToken cancellationToken
    ) => PerDatabaseAsync(loads, async database =>
        {
            await extraction.ReadAsync(database, cancellationToken);
            foreach (var load in database.Where(load => load.IsWhole && load.Query.IsPresent))
            {
                await comparison.CompareWholeAsync(load, cancellationToken);
            }
        });

    private async Task CompareAsync(
        RunPlan plan,
        EarlyPublication publication,
        Comparison comparison,
        List<TableLoad> loads,
        CancellationToken cancellationToken
    )
    {
        var changes = loads.Where(load => load.Query.IsPresent && !load.IsWhole).ToList();
        if (changes.Count == 0)
        {
            return;
        }

        await using var spared = await store.SpareCoreAsync(cancellationToken);
        publication.Begin(cancellationToken);
        var repairedOrders = new List<long>();

        // What the store reads itself it reads with all cores; several such queries at once would only take them from the publication.
        await PerDatabaseAsync(changes.Where(load => load.Snapshot is not IDirectCopy), CompareEachAsync);
        await CompareEachAsync(changes.Where(load => load.Snapshot is IDirectCopy));

        async Task CompareEachAsync(IEnumerable<TableLoad> tables)
        {
            foreach (var load in tables)
            {
                await CompareChangesAsync(load);
            }
        }

        async Task CompareChangesAsync(TableLoad load)
        {
            if (load.Table.Parent is null)
            {
                var repaired = await comparison.RepairAsync(
                    load,
                    load.Query.ChangedWithin(plan.ComparedInterval.From, plan.ComparedInterval.To, parent: null),
                    plan.ComparedDays,
                    cancellationToken
                );
                if (load.Table == Shop.Orders)
                {
                    repairedOrders.AddRange(repaired);
                    repairedOrders.AddRange(
                        plan.IsInterval ? [] : await comparison.ReadDueOrdersAsync(load, plan.LatestOrder, cancellationToken)
                    );
                }
            }
            else
            {
                await using var connection = await store.OpenAsync(cancellationToken);
                await comparison.ReplaceUnitsAsync(connection, load, repairedOrders, cancellationToken);
                if (!plan.IsInterval)
                {
                    await comparison.RepairAsync(load, null, default, cancellationToken);
                }
            }

            await comparison.SumUpAsync(load, cancellationToken);
        }
    }

    private void Report(string table, long rows)
    {
        lock (gate)
        {
            rowsRead[table] = rowsRead.GetValueOrDefault(table) + rows;
            progress.Report(new JobProgress("extract", rowsRead.Values.Sum()));
        }
    }
}
