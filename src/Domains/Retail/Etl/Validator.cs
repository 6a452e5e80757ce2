using System.Data.Common;
using Tradepost.Retail.Sources;
using Tradepost.Retail.Validation;
using Tradepost.Storage;
using Tradepost.Storage.Dialects;

namespace Tradepost.Retail.Etl;

/// <summary>
/// Finds the rows of a run's landings that break a rule. What is found is collected in <c>found_rejects</c> and, once the rows
/// are staged, becomes the state of <c>etl_rejects</c> for the units that the run replaced.
/// </summary>
internal sealed class Validator(
    DbConnection connection,
    Dialect dialect,
    string runId,
    DateTime latest,
    IReadOnlyDictionary<string, IReadOnlyList<string>> accepted
)
{
    /// <summary>The tables that have rejects from former runs; of the others there is nothing to mend or to take back.</summary>
    private IReadOnlySet<string> kept = new HashSet<string>();

    /// <summary>The tables in which this run found something, once all were checked.</summary>
    private IReadOnlySet<string>? found;

    private readonly ErasedCustomers erased = new(connection);

    /// <summary>Whether former runs kept rows of a table aside.</summary>
    public bool HasKept(string table) => kept.Contains(table);

    /// <summary>Whether this run or former ones kept rows of a table aside.</summary>
    public bool HasRejects(string table) => HasKept(table) || found?.Contains(table) == true;

    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(
            """
            CREATE TEMP TABLE found_rejects (source_table text, natural_key text, rule text, problem text, "row" text, bucket integer,
              amount numeric(18,2), row_hash bigint);
            CREATE TEMP TABLE unreadable (source_table text, natural_key text, row_hash bigint, column_name text, problem text)
            """,
            null,
            cancellationToken
        );
        kept = await TablesInAsync("etl_rejects", cancellationToken);
        await erased.ReadAsync(cancellationToken);
    }

    /// <summary>Applies what users mended by hand, then checks the landing against the table's rules.</summary>
    public async Task CheckAsync(TableLoad load, CancellationToken cancellationToken)
    {
        await MendAsync(load.Table, cancellationToken);
        await erased.EmptyAsync(load.Table.Landing, load.Table, cancellationToken);
        await CollectUnreadableAsync(load, cancellationToken);
        if (load.MayLackKeys)
        {
            await RemoveKeylessAsync(load.Table, cancellationToken);
        }

        if (!load.HasUniqueKeys)
        {
            await RemoveDuplicatesAsync(load.Table, cancellationToken);
        }

        await FindUnreadableAsync(load, cancellationToken);
        await FindBrokenAsync(load.Table, cancellationToken);
    }

    /// <summary>Collects the landed rows that break one of the table's rules.</summary>
    public async Task FindBrokenAsync(SourceTable table, CancellationToken cancellationToken)
    {
        var rules = Rules.For(table, latest, accepted);
        var rule = string.Join(' ', rules.Select(r => $"WHEN {r.BrokenWhen} THEN {Sql.Literal(r.Name)}"));
        var problem = string.Join(
            ' ',
            rules.Select(r =>
                $"WHEN {r.BrokenWhen} THEN "
                + $"{Sql.Literal($"{r.Name[(r.Name.IndexOf('.', StringComparison.Ordinal) + 1)..r.Name.LastIndexOf('.')]} is ")} || "
                + $"COALESCE(CAST({r.Value} AS text), 'empty') || {Sql.Literal($", expected {r.Expected}")}"
            )
        );
        await connection.ExecuteAsync(
            $"""
            INSERT INTO found_rejects
            SELECT {Sql.Literal(table.Name)}, {NaturalKey(
                table
            )}, CASE {rule} END, CASE {problem} END, CAST(to_json(s) AS text), s.bucket, {Money(table)}, s.row_hash
            FROM {Sql.Name(table.Landing)} s
            WHERE ({string.Join(" OR ", rules.Select(r => r.BrokenWhen))})
              AND NOT EXISTS (SELECT 1 FROM unreadable u WHERE u.source_table = {Sql.Literal(table.Name)} AND u.natural_key = {NaturalKey(
                table
            )} AND u.row_hash = s.row_hash)
            """,
            null,
            cancellationToken
        );
    }

    /// <summary>
    /// Brings etl_rejects up to date for what the run replaced: what no longer breaks its rule leaves, what newly does enters,
    /// what is the same stays as it is. Rows that a user mended are kept, so that the mend outlives the next full run.
    /// </summary>
    public async Task PublishAsync(TableLoad load, DateTime now, CancellationToken cancellationToken)
    {
        found ??= await TablesInAsync("found_rejects", cancellationToken);
        if (!kept.Contains(load.Table.Name) && !found.Contains(load.Table.Name))
        {
            return;
        }

        var name = Sql.Literal(load.Table.Name);
        var scope = load.IsWhole
            ? "TRUE"
            : $"(split_part(r.natural_key, ':', 1) = '' OR {FirstOf("r")} IN (SELECT unit FROM {Sql.Name(load.Table.Replaced)}))";
        await connection.ExecuteAsync(
            $"""
            DELETE FROM etl_rejects r
            WHERE r.source_table = {name} AND r.replayed_at IS NULL AND r.rule NOT IN ({string.Join(
                ", ",
                Rules.BetweenTables.Select(Sql.Literal)
            )}) AND {scope}
              AND NOT EXISTS (SELECT 1 FROM found_rejects f WHERE f.source_table = {name} AND f.natural_key = r.natural_key
                AND f.rule = r.rule AND f.row_hash = r.row_hash)
            """,
            null,
            cancellationToken
        );
        await InsertFoundAsync(load.Table.Name, now, cancellationToken);
    }

    /// <summary>Moves what was found of a table into etl_rejects, but for what is there already.</summary>
    public Task InsertFoundAsync(string table, DateTime now, CancellationToken cancellationToken) =>
        connection.ExecuteAsync(
            $"""
            INSERT INTO etl_rejects (run_id, source_table, natural_key, rule, problem, "row", bucket, amount, row_hash, rejected_at,
              replayed_at)
            SELECT @runId, f.source_table, f.natural_key, f.rule, f.problem, CAST(f."row" AS json), f.bucket, f.amount, f.row_hash, @now,
              NULL
            FROM (SELECT DISTINCT ON (natural_key, rule, row_hash) * FROM found_rejects WHERE source_table = {Sql.Literal(
                table
            )} ORDER BY natural_key, rule, row_hash) f
            WHERE NOT EXISTS (SELECT 1 FROM etl_rejects r WHERE r.source_table = f.source_table AND r.natural_key = f.natural_key
              AND r.rule = f.rule AND r.row_hash = f.row_hash)
            """,
            new { runId, now },
            cancellationToken
        );

    public static string NaturalKey(SourceTable table, string alias = "s") =>
        string.Join(" || ':' || ", table.Key.Select(column => $"COALESCE(CAST({alias}.{Sql.Name(column)} AS text), '')"));

    /// <summary>The first part of a reject's natural key as a number; null where it is empty.</summary>
    public static string FirstOf(string reject) => $"CAST(NULLIF(split_part({reject}.natural_key, ':', 1), '') AS bigint)";

    private async Task<IReadOnlySet<string>> TablesInAsync(string rejects, CancellationToken cancellationToken) =>
        (await connection.ReadAsync($"SELECT DISTINCT source_table FROM {rejects}", row => row.GetString(0), cancellationToken)).ToHashSet(
            StringComparer.Ordinal
        );

    private static string Money(SourceTable table) => table.Money is { } column ? $"s.{Sql.Name(column)}" : "CAST(NULL AS numeric(18,2))";

    /// <summary>A mended row takes the place of the source's row for as long as that one stays what it was.</summary>
    private async Task MendAsync(SourceTable table, CancellationToken cancellationToken)
    {
        if (!kept.Contains(table.Name))
        {
            return;
        }

        var set = string.Join(
            ", ",
            table
                .Columns.Where(c => !table.Key.Contains(c.Name))
                .Select(c => $"{Sql.Name(c.Name)} = CAST(r.\"row\" ->> {Sql.Literal(c.Name)} AS {dialect.TypeName(c)})")
        );
        await connection.ExecuteAsync(
            $"""
            UPDATE {Sql.Name(table.Landing)} s SET {set} FROM etl_rejects r
            WHERE r.source_table = {Sql.Literal(
                table.Name
            )} AND r.replayed_at IS NOT NULL AND r.row_hash = s.row_hash AND r.natural_key = {NaturalKey(table)}
            """,
            null,
            cancellationToken
        );
    }

    /// <summary>Of several rows with one key the latest stays; the others are kept aside, for a key can be staged once only.</summary>
    private async Task RemoveDuplicatesAsync(SourceTable table, CancellationToken cancellationToken)
    {
        var key = Sql.Names(table.Key);
        var duplicates = await connection.ScalarAsync<long>(
            $"SELECT count(*) FROM (SELECT 1 FROM {Sql.Name(table.Landing)} GROUP BY {key} HAVING count(*) > 1) d",
            null,
            cancellationToken
        );
        if (duplicates == 0)
        {
            return;
        }

        var order = table.UpdatedAt is { } column ? $"{Sql.Name(column)} DESC NULLS LAST, row_hash" : "row_hash";
        await connection.ExecuteAsync(
            $"""
            CREATE TEMP TABLE ranked_rows AS
            SELECT *, row_number() OVER (PARTITION BY {key} ORDER BY {order}) AS place FROM {Sql.Name(table.Landing)}
            WHERE ({key}) IN (SELECT {key} FROM {Sql.Name(table.Landing)} GROUP BY {key} HAVING count(*) > 1);
            INSERT INTO found_rejects
            SELECT {Sql.Literal(table.Name)}, {NaturalKey(table)}, {Sql.Literal(
                $"{table.Name}.{Rules.KeyUnique}"
            )}, 'the key occurs more than once, expected once; the latest row was loaded',
                   CAST(to_json(s) AS text), s.bucket, {Money(table)}, s.row_hash
            FROM ranked_rows s WHERE s.place > 1;
            DELETE FROM {Sql.Name(table.Landing)} WHERE ({key}) IN (SELECT {key} FROM ranked_rows);
            INSERT INTO {Sql.Name(table.Landing)} SELECT {Sql.Names(
                table.StagingColumns.Select(c => c.Name)
            )} FROM ranked_rows WHERE place = 1;
            DROP TABLE ranked_rows
            """,
            null,
            cancellationToken
        );
    }

    private async Task CollectUnreadableAsync(TableLoad load, CancellationToken cancellationToken)
    {
        foreach (var chunk in load.Unreadable.Chunk(500))
        {
            var values = string.Join(
                ", ",
                chunk.Select(u =>
                    $"({Sql.Literal(load.Table.Name)}, {Sql.Literal(u.NaturalKey)}, {u.RowHash}, {Sql.Literal(u.Column)}, "
                    + $"{Sql.Literal(ProblemOf(load.Table, u))})"
                )
            );
            await connection.ExecuteAsync($"INSERT INTO unreadable VALUES {values}", null, cancellationToken);
        }
    }

    private string ProblemOf(SourceTable table, UnreadableValue value) =>
        erased.Has(table, value.NaturalKey) ? ErasedCustomers.Unsaid : value.Problem;

    /// <summary>A row without a whole key can be neither staged nor mended: it is kept aside until its source gives it one.</summary>
    private async Task RemoveKeylessAsync(SourceTable table, CancellationToken cancellationToken)
    {
        var name = Sql.Literal(table.Name);
        foreach (var key in table.Key)
        {
            var column = Sql.Name(key);
            await connection.ExecuteAsync(
                $"""
                INSERT INTO found_rejects
                SELECT {name}, {NaturalKey(table)}, {Sql.Literal($"{table.Name}.{key}.not_null")},
                       COALESCE((SELECT min(u.problem) FROM unreadable u WHERE u.source_table = {name} AND u.natural_key = {NaturalKey(
                    table
                )}
                                 AND u.row_hash = s.row_hash AND u.column_name = {Sql.Literal(key)}), {Sql.Literal(
                    $"{key} is empty, expected a value"
                )}),
                       CAST(to_json(s) AS text), s.bucket, {Money(table)}, s.row_hash
                FROM {Sql.Name(table.Landing)} s WHERE s.{column} IS NULL;
                DELETE FROM {Sql.Name(table.Landing)} WHERE {column} IS NULL
                """,
                null,
                cancellationToken
            );
        }
    }

    private async Task FindUnreadableAsync(TableLoad load, CancellationToken cancellationToken)
    {
        if (load.Unreadable.Count > 0)
        {
            await connection.ExecuteAsync(
                $"""
                INSERT INTO found_rejects
                SELECT u.source_table, u.natural_key, {Sql.Literal(
                    $"{load.Table.Name}.{Rules.Readable}"
                )}, min(u.problem), min(CAST(to_json(s) AS text)), min(s.bucket), min({Money(load.Table)}), s.row_hash
                FROM unreadable u JOIN {Sql.Name(load.Table.Landing)} s ON {NaturalKey(
                    load.Table
                )} = u.natural_key AND s.row_hash = u.row_hash
                WHERE u.source_table = {Sql.Literal(load.Table.Name)} GROUP BY u.source_table, u.natural_key, s.row_hash
                """,
                null,
                cancellationToken
            );
        }
    }
}
