using System.Data.Common;
using System.Globalization;
using Tradepost.Storage;
using Tradepost.Storage.Dialects;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Tables;

namespace Tradepost.Marketplace.Guarding;

/// <summary>The table <c>suspects</c> while a check writes it.</summary>
/// <param name="store">The store.</param>
/// <param name="connection">A session in a transaction.</param>
internal sealed class SuspectTable(Store store, DbConnection connection)
{
    private const string Found = "found_suspects";

    /// <summary>What a check finds.</summary>
    public static readonly Column[] FoundColumns =
    [
        new("sku", ColumnType.Text, IsNullable: false),
        new("date", ColumnType.Date, IsNullable: false),
        new("field", ColumnType.Text, IsNullable: false),
        new("value", ColumnType.Double, IsNullable: false),
        new("expected_low", ColumnType.Double),
        new("expected_high", ColumnType.Double),
        new("rule", ColumnType.Text, IsNullable: false),
        new("known_on", ColumnType.Date, IsNullable: false),
    ];

    public static void Set(RowBatch batch, int row, Verdict verdict)
    {
        batch[0].AsText().Set(row, verdict.Sku.AsSpan());
        batch[1].Values<int>()[row] = verdict.Day;
        batch[2].AsText().Set(row, GuardedField.All[verdict.Field].Name.AsSpan());
        batch[3].Values<double>()[row] = verdict.Value;
        SetOrNull(batch[4], row, verdict.Low);
        SetOrNull(batch[5], row, verdict.High);
        batch[6].AsText().Set(row, verdict.Rule.AsSpan());
        batch[7].Values<int>()[row] = verdict.KnownOn;
    }

    public async Task<Decisions> DecisionsAsync(CancellationToken cancellationToken)
    {
        var rows = await connection.ReadAsync(
            "SELECT sku, CAST(date - DATE '1970-01-01' AS integer), field, value, state FROM suspects WHERE state <> 'open'",
            row => (Sku: row.GetString(0), Day: row.GetInt32(1), Field: row.GetString(2), Value: row.GetDouble(3), State: row.GetString(4)),
            cancellationToken
        );
        var decisions = new Decisions();
        foreach (var (sku, day, name, value, state) in rows)
        {
            var field = GuardedField.Find(name);
            if (state == "released")
            {
                decisions.Release(sku, day, field, value);
            }
            else
            {
                decisions.Confirm(sku, day, field);
            }
        }

        return decisions;
    }

    /// <summary>Starts writing what is found.</summary>
    public async Task<BulkWriter> BeginAsync(CancellationToken cancellationToken)
    {
        await connection.ExecuteAsync(
            $"DROP TABLE IF EXISTS {Found}; CREATE TEMP TABLE {Found} ({store.Dialect.ColumnDefinitions(FoundColumns)})",
            null,
            cancellationToken
        );
        return await store.BeginBulkWriteAsync(connection, Found, FoundColumns, cancellationToken);
    }

    /// <summary>
    /// Puts what was found into the table: what is open and not found again goes, what was decided stays, and a release of another value
    /// than the one that is there now is open again.
    /// </summary>
    public async Task MergeAsync(DateOnly since, IReadOnlyList<string> skus, DateTime now, CancellationToken cancellationToken)
    {
        var scope = $"s.date >= DATE {Sql.Literal(since.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))}";
        if (skus.Count > 0)
        {
            scope += $" AND s.sku IN ({string.Join(", ", skus.Select(Sql.Literal))})";
        }

        const string same = "f.sku = s.sku AND f.date = s.date AND f.field = s.field";
        var columns = Sql.Names(FoundColumns.Select(column => column.Name));
        await connection.ExecuteAsync(
            $"""
            DELETE FROM suspects s WHERE s.state = 'open' AND {scope}
              AND NOT EXISTS (SELECT 1 FROM {Found} f WHERE {same} AND f.value = s.value AND f.rule = s.rule);
            DELETE FROM suspects s WHERE s.state = 'released' AND EXISTS (SELECT 1 FROM {Found} f WHERE {same} AND f.value <> s.value)
            """,
            null,
            cancellationToken
        );
        await connection.ExecuteAsync(
            $"""
            INSERT INTO suspects ({columns}, found_at, state) SELECT {columns}, @now, 'open' FROM {Found} f
            WHERE NOT EXISTS (SELECT 1 FROM suspects s WHERE {same})
            """,
            new { now },
            cancellationToken
        );
        await connection.ExecuteAsync($"DROP TABLE {Found}", null, cancellationToken);
    }

    private static void SetOrNull(ColumnBuffer column, int row, double value)
    {
        if (double.IsNaN(value))
        {
            column.SetNull(row);
        }
        else
        {
            column.Values<double>()[row] = value;
        }
    }
}
