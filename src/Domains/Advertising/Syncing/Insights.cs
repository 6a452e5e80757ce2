using System.Runtime.CompilerServices;
using System.Text.Json;
using Microsoft.Extensions.Logging;
using Tradepost.Advertising.Syncing.Graph;

namespace Tradepost.Advertising.Syncing;

/// <summary>
/// Reads what an account's ads did: few days page by page, more as a report that the API makes meanwhile. What is too much, or whose report
/// fails, is asked for in halves: fewer days, then fewer campaigns.
/// </summary>
internal sealed class Insights(GraphClient client, string account, IReadOnlyList<string> campaigns, TimeProvider time, ILogger logger)
{
    /// <summary>Days that are asked for without a report.</summary>
    public const int MostDays = 3;

    private const int PageRows = 100;
    private const int ReportPageRows = 500;
    private const string Done = "Job Completed";

    private static readonly string[] Over = ["Job Failed", "Job Skipped"];
    private static readonly TimeSpan LongestReport = TimeSpan.FromHours(1);

    /// <summary>How long a report is left alone between two looks at it.</summary>
    public TimeSpan BetweenLooks { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The rows of days, each an ad's day.</summary>
    /// <exception cref="GraphException">They are not to be had.</exception>
    public async IAsyncEnumerable<JsonElement> ReadAsync(InsightQuery query, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var left = new Stack<InsightQuery>([query]);
        while (left.TryPop(out var part))
        {
            // A part is held until it is whole: its halves would give rows of it again.
            var rows = await FindAsync(part, cancellationToken);
            if (rows is null)
            {
                var (first, second) = part.Halves(campaigns)
                    ?? throw GraphException.Report(
                        GraphFailure.Refused,
                        $"{part} is too much for the API, and cannot be asked for in parts"
                    );
                if (logger.IsEnabled(LogLevel.Information))
                {
                    logger.LogInformation(
                        "{Account}: {Part} is too much at once; asking for {First}, then {Second}",
                        account,
                        part,
                        first,
                        second
                    );
                }

                left.Push(second);
                left.Push(first);
                continue;
            }

            foreach (var row in rows)
            {
                yield return row;
            }
        }
    }

    /// <summary>The rows of a part; null where it is too much.</summary>
    private async Task<List<JsonElement>?> FindAsync(InsightQuery part, CancellationToken cancellationToken)
    {
        try
        {
            if (part.Days <= MostDays)
            {
                return await client
                    .ListAsync($"{account}/insights", part.Query(), PageRows, cancellationToken)
                    .ToListAsync(cancellationToken);
            }

            var report = await ReportAsync(part, cancellationToken);
            return report is null
                ? null
                : await client.ListAsync($"{report}/insights", [], ReportPageRows, cancellationToken).ToListAsync(cancellationToken);
        }
        catch (GraphException e) when (e.Failure == GraphFailure.TooMuchData)
        {
            return null;
        }
    }

    /// <summary>The report of a part once it is whole; null where it failed.</summary>
    private async Task<string?> ReportAsync(InsightQuery part, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        var run = await client.SendAsync(HttpMethod.Post, $"{account}/insights", part.Query(), cancellationToken);
        var id = Text(run, "report_run_id");
        if (id.Length == 0 || !id.All(char.IsAsciiLetterOrDigit))
        {
            throw GraphException.Report(GraphFailure.Refused, "a report was asked for, and none was begun");
        }

        while (true)
        {
            var state = await client.SendAsync(
                HttpMethod.Get,
                id,
                [new("fields", "async_status,async_percent_completion")],
                cancellationToken
            );
            var (status, percent) = (Text(state, "async_status"), Percent(state));
            if (status == Done && percent >= 100)
            {
                return id;
            }

            if (Over.Contains(status))
            {
                logger.LogWarning("{Account}: the report of {Part} ended as {Status}", account, part, status);
                return null;
            }

            if (time.GetElapsedTime(started) > LongestReport)
            {
                logger.LogWarning(
                    "{Account}: the report of {Part} is at {Percent} percent after {Limit} minutes",
                    account,
                    part,
                    percent,
                    60
                );
                return null;
            }

            await Task.Delay(BetweenLooks, time, cancellationToken);
        }
    }

    private static string Text(JsonElement element, string name) => element.TryGetProperty(name, out var value) ? value.ToString() : "";

    private static int Percent(JsonElement state) =>
        state.TryGetProperty("async_percent_completion", out var value)
        && value.ValueKind == JsonValueKind.Number
        && value.TryGetInt32(out var percent)
            ? percent
            : 0;
}
