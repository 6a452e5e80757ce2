using System.Data.Common;
using Tradepost.Advertising.Knowledge;
using Tradepost.Storage;
using Tradepost.Storage.Dialects;
using Tradepost.Storage.Loading;

namespace Tradepost.Advertising.Metrics;

/// <summary>
/// Writes rows that platforms report into the domain's tables, each part of them in the transaction that is open. What a row says and was not
/// known becomes a version of its own beside the earlier ones, learned now; what was known already changes nothing. A campaign's day is the sum
/// of its rows: of those of whole campaigns where there are any, else of its ad sets, else of its ads.
/// </summary>
internal sealed class ReportWrite(Store store, TimeProvider clock)
{
    private const string Rows = "report_rows";
    private const string Folder = "Metrics/Merging";

    private static readonly string[] Work = [Rows, "report_latest", "report_days"];

    private static readonly (string Script, bool IsCounted)[] Steps =
    [
        ("latest", false),
        ("entities", true),
        ("ad_metrics", true),
        ("campaign_metrics", true),
    ];

    private readonly IReadOnlyList<(string Text, bool IsCounted)> statements = [.. Steps.SelectMany(step => Load(store.Dialect, step))];

    /// <summary>Rows that were inserted or changed in the domain's tables.</summary>
    public long Changed { get; private set; }

    /// <summary>Days of campaigns whose numbers were known and are others now.</summary>
    public long Restated { get; private set; }

    /// <summary>Writes a part, within the transaction of the connection. Rows have the columns of <see cref="ReportedRows"/>.</summary>
    public async Task WriteAsync(DbConnection connection, IAsyncEnumerable<RowBatch> batches, CancellationToken cancellationToken)
    {
        await DropWorkAsync(connection, cancellationToken);
        await connection.ExecuteAsync(
            $"CREATE TEMP TABLE {Rows} ({store.Dialect.ColumnDefinitions(ReportedRows.All)})",
            null,
            cancellationToken
        );
        await using (var writer = await store.BeginBulkWriteAsync(connection, Rows, ReportedRows.All, cancellationToken))
        {
            await foreach (var batch in batches.WithCancellation(cancellationToken))
            {
                await writer.WriteAsync(batch, cancellationToken);
            }

            await writer.CompleteAsync(cancellationToken);
        }

        var known = await VersionsAsync(connection, cancellationToken);
        var now = clock.UtcMoment();
        foreach (var (text, isCounted) in statements)
        {
            var rows = await connection.ExecuteAsync(
                text,
                text.Contains("@now", StringComparison.Ordinal) ? new { now } : null,
                cancellationToken
            );
            Changed += isCounted ? rows : 0;
        }

        await AccountMarks.ChangeAllAsync(connection, Rows, now, cancellationToken);
        Restated += await VersionsAsync(connection, cancellationToken) - known;
        await DropWorkAsync(connection, cancellationToken);
    }

    /// <summary>How many versions there are beside the first ones of days that rows are of.</summary>
    private static Task<long> VersionsAsync(DbConnection connection, CancellationToken cancellationToken) =>
        connection.ScalarAsync<long>(
            $"""
            SELECT COALESCE(CAST(sum(versions - 1) AS bigint), 0) FROM (
              SELECT count(*) AS versions FROM campaign_metrics m
              WHERE source = 'reported' AND EXISTS (SELECT 1 FROM {Rows} r
                WHERE r.user_id = m.user_id AND r.campaign_id = m.campaign_id AND r."timestamp" = m."timestamp")
              GROUP BY user_id, campaign_id, "timestamp"
            ) days
            """,
            null,
            cancellationToken
        );

    private static async Task DropWorkAsync(DbConnection connection, CancellationToken cancellationToken)
    {
        foreach (var table in Work)
        {
            await connection.ExecuteAsync($"DROP TABLE IF EXISTS {table}", null, cancellationToken);
        }
    }

    private static IEnumerable<(string, bool)> Load(Dialect dialect, (string Script, bool IsCounted) step)
    {
        var words = new Dictionary<string, Func<string, string>>
        {
            ["current"] = _ => SqlScript.Load(typeof(ReportWrite).Assembly, $"{Folder}/current.sql").For(dialect, NoWords).TrimEnd(),
        };
        return SqlScript
            .Load(typeof(ReportWrite).Assembly, $"{Folder}/{step.Script}.sql")
            .For(dialect, words)
            .Split(";\n", StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(text => (text, step.IsCounted));
    }

    private static readonly Dictionary<string, Func<string, string>> NoWords = [];
}
