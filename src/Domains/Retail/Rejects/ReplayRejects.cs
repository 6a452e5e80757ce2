using System.Data.Common;
using Tradepost.Arguments;
using Tradepost.Jobs;
using Tradepost.Retail.Etl;
using Tradepost.Retail.Sources;
using Tradepost.Retail.Validation;
using Tradepost.Storage;
using Tradepost.Storage.Dialects;

namespace Tradepost.Retail.Rejects;

/// <summary>
/// Loads rejected rows that somebody mended in <c>etl_rejects."row"</c>. A mended row stays in force, run after run, until the
/// source's own row changes.
/// </summary>
internal sealed class ReplayRejects(Store store, TimeProvider clock)
{
    public static Task<ReplayResult> RunAsync(ReplayOptions options, JobContext context, CancellationToken cancellationToken) =>
        new ReplayRejects(context.Store, context.Time) { Fence = context.PublishAsync }.RunAsync(options, cancellationToken);

    private Func<DbConnection, CancellationToken, Task> Fence { get; init; } = (_, _) => Task.CompletedTask;

    public async Task<ReplayResult> RunAsync(ReplayOptions options, CancellationToken cancellationToken)
    {
        var tables = Shop.Tables.Where(table => options.Table is null || table.Name == options.Table).ToList();
        if (tables.Count == 0)
        {
            throw new JobFailedException(
                new Sentence(
                    $"{nameof(options.Table):argument} is {options.Table}, expected one of {string.Join(", ", Shop.Tables.Select(table => table.Name))}."
                ),
                2
            );
        }

        await using var guard = await store.TryLockAsync("retail.etl", cancellationToken)
            ?? throw new JobFailedException($"A retail ETL is running on {store.Description}; wait until it has finished.");
        await using var connection = await store.OpenSessionAsync(cancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        var result = await ReplayAsync(connection, tables, cancellationToken);
        await Fence(connection, cancellationToken);
        await transaction.CommitAsync(cancellationToken);
        await TableWrites.OfFacts(store).RememberAsync(connection, cancellationToken);
        return result;
    }

    /// <summary>The same inside somebody's transaction, with the warehouse locked.</summary>
    public async Task<ReplayResult> ReplayAsync(
        DbConnection connection,
        IReadOnlyList<SourceTable> tables,
        CancellationToken cancellationToken
    )
    {
        var now = clock.UtcMoment();
        await StarBuild.PrepareAsync(store, connection, cancellationToken);
        var accepted = await AcceptedValues.ReadAsync(connection, cancellationToken);
        var run = Guid.CreateVersion7(clock.GetUtcNow()).ToString();
        var validator = new Validator(connection, store.Dialect, run, now.AddDays(1), accepted);
        await validator.BeginAsync(cancellationToken);
        foreach (var table in Shop.Tables)
        {
            await CreateLandingAsync(connection, table, cancellationToken);
        }

        var replayed = new Dictionary<string, long>();
        var mended = 0L;
        foreach (var table in tables)
        {
            mended += await LandMendedAsync(connection, table, cancellationToken);
            await validator.FindBrokenAsync(table, cancellationToken);
            replayed[table.Name] = await StageAsync(connection, table, now, cancellationToken);
        }

        var scope = new RunScope
        {
            AllOrders = false,
            LandsWholeUnits = false,
            HasRejects = true,
            AllCustomers = replayed.GetValueOrDefault(Shop.Regions.Name) > 0,
        };
        var star = new StarBuild(store, connection, validator, scope, [], now);
        await star.DimensionsAsync(cancellationToken);
        await star.FactsAsync(cancellationToken);
        var open = await connection.ScalarAsync<long>(
            "SELECT count(*) FROM etl_rejects WHERE replayed_at IS NULL",
            null,
            cancellationToken
        );
        await DropLandingsAsync(connection, cancellationToken);
        var passed = replayed.Values.Sum();
        return new ReplayResult(passed, mended - passed, open - (mended - passed), replayed);
    }

    private async Task CreateLandingAsync(DbConnection connection, SourceTable table, CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(LandingTables.Create(store, table), null, cancellationToken);
        if (table == Shop.Payments)
        {
            await connection.ExecuteAsync("CREATE TEMP TABLE replaced_payments (order_id bigint)", null, cancellationToken);
        }
    }

    /// <summary>Collects the rows whose values in etl_rejects are no longer those that were staged.</summary>
    private async Task<long> LandMendedAsync(DbConnection connection, SourceTable table, CancellationToken cancellationToken)
    {
        var values = table
            .Columns.Select(c =>
                (
                    c.Name,
                    Sql: table.Key.Contains(c.Name)
                        ? $"s.{Sql.Name(c.Name)}"
                        : $"CAST(r.\"row\" ->> {Sql.Literal(c.Name)} AS {store.Dialect.TypeName(c)})"
                )
            )
            .ToList();
        var differs = string.Join(" OR ", values.Select(v => $"{v.Sql} IS DISTINCT FROM s.{Sql.Name(v.Name)}"));
        try
        {
            return await connection.ExecuteAsync(
                $"""
                INSERT INTO {Sql.Name(table.Landing)} ({Sql.Names(table.StagingColumns.Select(c => c.Name))})
                SELECT {string.Join(", ", values.Select(v => v.Sql))}, s.bucket, s.row_hash
                FROM etl_rejects r JOIN {Sql.Name(table.Staging)} s ON {Validator.NaturalKey(
                    table
                )} = r.natural_key AND s.row_hash = r.row_hash
                WHERE r.source_table = {Sql.Literal(table.Name)} AND r.replayed_at IS NULL AND ({differs})
                """,
                null,
                cancellationToken
            );
        }
        catch (DbException failure)
        {
            throw new JobFailedException(
                $"A mended row of {table.Name} in etl_rejects holds a value of the wrong type: {failure.Message.Trim()}",
                1,
                failure
            );
        }
    }

    /// <summary>Puts the mended rows that pass in the place of the staged ones and closes their rejects.</summary>
    private static async Task<long> StageAsync(
        DbConnection connection,
        SourceTable table,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        var name = Sql.Literal(table.Name);
        var sameKey = string.Join(" AND ", table.Key.Select(key => $"s.{Sql.Name(key)} = n.{Sql.Name(key)}"));
        if (table == Shop.Payments)
        {
            await connection.ExecuteAsync(
                $"INSERT INTO replaced_payments SELECT s.order_id FROM stg_payments s JOIN stg_payments_next n ON {sameKey}",
                null,
                cancellationToken
            );
        }

        await connection.ExecuteAsync(
            $"""
            DELETE FROM {Sql.Name(table.Landing)} s
            WHERE EXISTS (SELECT 1 FROM found_rejects f WHERE f.source_table = {name} AND f.natural_key = {Validator.NaturalKey(table)});
            INSERT INTO {Sql.Name(table.Replaced)} SELECT DISTINCT {Sql.Name(table.Unit)} FROM {Sql.Name(table.Landing)};
            UPDATE {Sql.Name(table.Staging)} s SET {string.Join(
                ", ",
                table.Columns.Where(c => !table.Key.Contains(c.Name)).Select(c => $"{Sql.Name(c.Name)} = n.{Sql.Name(c.Name)}")
            )}
            FROM {Sql.Name(table.Landing)} n WHERE {sameKey} AND s.row_hash = n.row_hash
            """,
            null,
            cancellationToken
        );
        return await connection.ExecuteAsync(
            $"""
            UPDATE etl_rejects r SET replayed_at = @now FROM {Sql.Name(table.Landing)} s
            WHERE r.source_table = {name} AND r.replayed_at IS NULL AND r.natural_key = {Validator.NaturalKey(
                table
            )} AND r.row_hash = s.row_hash
            """,
            new { now },
            cancellationToken
        );
    }

    private static async Task DropLandingsAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        foreach (var table in Shop.Tables)
        {
            await connection.ExecuteAsync(LandingTables.Drop(table), null, cancellationToken);
        }
    }
}
