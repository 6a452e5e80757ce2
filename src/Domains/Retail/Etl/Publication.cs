using System.Data.Common;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Tradepost.Arguments;
using Tradepost.Retail.Sources;
using Tradepost.Retail.Validation;
using Tradepost.Storage;
using Tradepost.Storage.Dialects;

namespace Tradepost.Retail.Etl;

/// <summary>
/// The one transaction in which a run becomes visible: staging, rejects, dimensions, facts and watermarks together, or
/// nothing. Readers see the warehouse as it was until the commit.
/// </summary>
internal sealed class Publication(
    Store store,
    TimeProvider clock,
    RunPlan plan,
    IReadOnlyList<TableLoad> loads,
    WarehouseSums warehouse,
    ShopMapping? mapping,
    StepTimes steps
) : IAsyncDisposable
{
    private readonly DateTime now = clock.UtcMoment();
    private readonly string own = Guid.CreateVersion7(clock.GetUtcNow()).ToString();

    /// <summary>The run that publishes; a load without one gets an id of its own.</summary>
    public string? Run { get; init; }

    public Func<DbConnection, CancellationToken, Task> Fence { get; init; } = (_, _) => Task.CompletedTask;

    private DbConnection? session;
    private DbTransaction? transaction;
    private FactChanges facts;

    private string RunId => Run ?? own;

    private DbConnection Connection => session ?? throw new InvalidOperationException("The publication was not prepared.");

    /// <summary>Writes everything, in a transaction that stays open.</summary>
    public async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await steps.MeasureAsync("index", () => new LandingIndexes(store).CreateAsync(loads, cancellationToken));
        var connection = session = await store.OpenSessionAsync(cancellationToken);
        transaction = await connection.BeginTransactionAsync(cancellationToken);
        await StarBuild.PrepareAsync(store, connection, cancellationToken);
        await NoteRowsWithoutUnitAsync(connection, cancellationToken);
        var accepted = mapping?.AcceptedValues ?? AcceptedValues.None;
        var validator = new Validator(connection, store.Dialect, RunId, plan.LatestOrder, accepted);
        await AcceptedValues.WriteAsync(connection, accepted, cancellationToken);
        await steps.MeasureAsync("stage", () => StageAsync(connection, validator, cancellationToken));
        var areOurs = await warehouse.AreDimensionsOursAsync();
        var scope = new RunScope
        {
            AreRegionsUnchanged = areOurs && AreUntouched(Shop.Regions, Shop.Employees),
            AreProductsUnchanged = areOurs && AreUntouched(Shop.Categories, Shop.Products),
            AreCustomersUnchanged = areOurs && AreUntouched(Shop.Customers, Shop.Regions),
            HasRejects = new[] { Shop.Orders, Shop.OrderItems, Shop.Payments }.Any(table => validator.HasRejects(table.Name)),
            AllOrders = Load(Shop.Orders).IsWhole || Load(Shop.OrderItems).IsWhole || Load(Shop.Payments).IsWhole,
            AllCustomers = Load(Shop.Customers).IsWhole || Load(Shop.Regions).Result is { Changed: > 0 } or { Deleted: > 0 },
            AllProducts = Load(Shop.Products).IsWhole || Load(Shop.Categories).Result is { Changed: > 0 } or { Deleted: > 0 },
            RestateFrom = plan.Options.RestateFrom,
        };
        var star = new StarBuild(store, connection, validator, scope, await warehouse.DriftedBlocksAsync(), now);
        var bound = new DeleteBound(connection, scope, plan.Options.MaxDeletes);
        await bound.BeginAsync(cancellationToken);
        await steps.MeasureAsync("dimensions", () => star.DimensionsAsync(cancellationToken));
        await steps.MeasureAsync("facts", async () => facts = await star.FactsAsync(cancellationToken));
        await bound.CheckAsync(facts, cancellationToken);
        await CountRejectsAsync(connection, cancellationToken);
    }

    /// <summary>Makes what was prepared visible.</summary>
    public async Task<EtlResult> CommitAsync(long started, CancellationToken cancellationToken)
    {
        var result = await ResultAsync(Connection, started, cancellationToken);
        await RecordAsync(Connection, result, cancellationToken);
        await Fence(Connection, cancellationToken);
        await steps.MeasureAsync("commit", () => transaction!.CommitAsync(cancellationToken));
        await TableWrites.OfFacts(store).RememberAsync(Connection, cancellationToken);
        await TableWrites.OfDimensions(store).RememberAsync(Connection, cancellationToken);
        await new StagedSums(store).RememberAsync(Connection, loads, cancellationToken);
        return result with { Seconds = Stopwatch.GetElapsedTime(started).TotalSeconds, Steps = steps.Seconds };
    }

    public async ValueTask DisposeAsync()
    {
        await (transaction?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (session?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    private TableLoad Load(SourceTable table) => loads.Single(load => load.Table == table);

    private bool AreUntouched(params IEnumerable<SourceTable> tables) =>
        plan.Options.RestateFrom is null && tables.All(table => !Load(table).IsTouched);

    public static void FailOnDifferences(IReadOnlyList<TableLoad> loads)
    {
        var differing = loads
            .Where(load => load.Result.Differing > 0)
            .Select(load => $"{load.Table.Name} ({load.Result.Differing})")
            .ToList();
        if (differing.Count > 0)
        {
            throw new DataQualityException(
                $"Source and warehouse still differ after differing rows were read again, in {string.Join(", ", differing)}; nothing was "
                    + "published."
            );
        }

        var orders = loads.Single(load => load.Table == Shop.Orders);
        if (orders.IsWhole && orders.Result.Read == 0)
        {
            throw new DataQualityException(
                "Source orders: table orders is empty, so there is nothing to build a warehouse from; nothing was published."
            );
        }
    }

    private async Task NoteRowsWithoutUnitAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        var tables = await connection.ReadAsync(
            "SELECT DISTINCT source_table FROM etl_rejects WHERE split_part(natural_key, ':', 1) = '' AND replayed_at IS NULL",
            row => row.GetString(0),
            cancellationToken
        );
        foreach (var table in tables)
        {
            loads.Single(load => load.Table.Name == table).HadRowsWithoutUnit = true;
        }
    }

    private async Task StageAsync(DbConnection connection, Validator validator, CancellationToken cancellationToken)
    {
        await validator.BeginAsync(cancellationToken);
        foreach (var load in loads.Where(load => load.IsTouched))
        {
            await validator.CheckAsync(load, cancellationToken);
        }

        await connection.ExecuteAsync(
            Load(Shop.Payments).IsWhole
                ? "CREATE TEMP TABLE replaced_payments (order_id bigint)"
                : "CREATE TEMP TABLE replaced_payments AS SELECT order_id FROM stg_payments_displaced",
            null,
            cancellationToken
        );
        foreach (var load in loads.Where(load => load.IsTouched))
        {
            var staging = new StagingTable(store, connection, load, plan.Options.MaxDeletes);
            await staging.CountAsync(cancellationToken);
            await staging.ReplaceAsync(cancellationToken);
            await validator.PublishAsync(load, now, cancellationToken);
        }
    }

    private async Task CountRejectsAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        foreach (
            var (table, rows) in await connection.ReadAsync(
                "SELECT source_table, count(*) FROM found_rejects GROUP BY source_table",
                row => (row.GetString(0), row.GetInt64(1)),
                cancellationToken
            )
        )
        {
            loads.Single(load => load.Table.Name == table).Result.Rejected = rows;
        }

        var rejected = loads.Sum(load => load.Result.Rejected);
        if (plan.Options.MaxRejects is { } most && rejected > most)
        {
            var worst = string.Join(
                ", ",
                loads.Where(load => load.Result.Rejected > 0).Select(load => $"{load.Table.Name} ({load.Result.Rejected})")
            );
            throw new DataQualityException(
                new Sentence(
                    $"{rejected} rows break a rule, in {worst}; at most {most} are allowed ({nameof(EtlOptions.MaxRejects):argument}). Nothing was published."
                )
            );
        }

        var share = new RejectShare(connection, plan.Options.MaxRejectShare);
        foreach (var load in loads)
        {
            await share.CheckAsync(load, cancellationToken);
        }
    }

    private async Task<EtlResult> ResultAsync(DbConnection connection, long started, CancellationToken cancellationToken)
    {
        foreach (var load in loads)
        {
            load.Result.Loaded = Math.Max(0, load.Result.Read - load.Result.Rejected);
        }

        var tables = loads.ToDictionary(load => load.Table.Name, load => load.Result);
        tables["fact_sales"] = new TableResult
        {
            Loaded = facts.Inserted,
            Changed = facts.Inserted + facts.Updated,
            Deleted = facts.Deleted,
        };
        var watermark = plan.IsInterval
            ? await connection.ScalarAsync<DateTime?>(
                "SELECT watermark FROM etl_watermarks WHERE source_table = 'orders'",
                null,
                cancellationToken
            )
            : plan.To;
        return new EtlResult
        {
            RunId = RunId,
            Status = "succeeded",
            Mode = plan.Options.Mode,
            From = plan.From,
            To = plan.To,
            RowsRead = loads.Sum(load => load.Result.Read),
            RowsLoaded = loads.Sum(load => load.Result.Loaded),
            Rejected = loads.Sum(load => load.Result.Rejected),
            Deleted = loads.Sum(load => load.Result.Deleted),
            Differing = 0,
            Seconds = Stopwatch.GetElapsedTime(started).TotalSeconds,
            Watermark = watermark,
            Tables = tables,
            Steps = steps.Seconds,
        };
    }

    private async Task RecordAsync(DbConnection connection, EtlResult result, CancellationToken cancellationToken)
    {
        if (!plan.IsInterval)
        {
            await connection.ExecuteAsync("DELETE FROM etl_watermarks", null, cancellationToken);
            var timed = loads.Where(load => !load.Table.IsReadWhole).ToList();
            await connection.ExecuteAsync(
                "INSERT INTO etl_watermarks (source_table, watermark, run_id) VALUES "
                    + $"{string.Join(", ", timed.Select(load => $"({Sql.Literal(load.Table.Name)}, @{load.Table.Name}, @RunId)"))}",
                timed
                    .Select(load => KeyValuePair.Create<string, object?>(load.Table.Name, load.Snapshot.Clock - plan.Options.SafetyMargin))
                    .Append(KeyValuePair.Create<string, object?>("RunId", result.RunId)),
                cancellationToken
            );
        }

        await connection.ExecuteAsync(
            """
            INSERT INTO etl_runs (run_id, mode, from_at, to_at, started_at, finished_at, status, result)
            VALUES (@RunId, @Mode, @From, @To, @Started, @Now, @Status, CAST(@Result AS json))
            """,
            new
            {
                result.RunId,
                Mode = plan.Options.Mode.ToString().ToLower(CultureInfo.InvariantCulture),
                result.From,
                result.To,
                Started = plan.StartedAt,
                Now = clock.UtcMoment(),
                result.Status,
                Result = JsonSerializer.Serialize(result, ResultJson.Options),
            },
            cancellationToken
        );
        await connection.ExecuteAsync(string.Join(' ', loads.Select(load => LandingTables.Drop(load.Table))), null, cancellationToken);
    }
}
