using System.Data.Common;
using System.Globalization;
using System.Text.Json.Nodes;
using Tradepost.Arguments;
using Tradepost.Jobs.Queue;
using Tradepost.Jobs.Runs;
using Tradepost.Storage;

namespace Tradepost.Jobs.Alerts;

/// <summary>What a rule finds in the records of runs, and of feeds.</summary>
internal static class AlertConditions
{
    private const int MostRuns = 200;
    private const int LeastHistory = 3;

    private static readonly TimeSpan LookBack = TimeSpan.FromDays(1);

    /// <summary>Everything that the rule has to say now; the same finding has the same id every time.</summary>
    public static async Task<IReadOnlyList<Finding>> FindAsync(
        DbConnection connection,
        JobCatalogue catalogue,
        AlertRule rule,
        DateTime changed,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        var since = changed > now - LookBack ? changed : now - LookBack;
        return rule.Kind switch
        {
            AlertKind.Failed => await RunsAsync("state IN ('failed', 'timed_out') AND finished_at >= @since", Failed),
            AlertKind.TooLong => await RunsAsync(
                $"started_at + INTERVAL '{(long)rule.Time!.Value.TotalMilliseconds} milliseconds' < coalesce(finished_at, @now) AND "
                    + "coalesce(finished_at, @now) >= @since AND state <> 'queued'",
                TooLong
            ),
            AlertKind.Missing => await MissingAsync(connection, rule, changed, now, cancellationToken),
            AlertKind.Lost => await LostAsync(connection, catalogue, rule, since, cancellationToken),
            _ => await DriftedAsync(connection, rule, since, cancellationToken),
        };

        async Task<IReadOnlyList<Finding>> RunsAsync(string condition, Func<Run, string> sentence)
        {
            var parameters = new Dictionary<string, object?> { ["since"] = since, ["rule"] = rule.Name };
            AddIf("job", rule.Job, rule.Job is not null);
            AddIf("now", now, condition.Contains("@now", StringComparison.Ordinal));
            var runs = await connection.ReadAsync(
                $"""
                SELECT {RunRows.Columns} FROM job_runs WHERE {condition} {(rule.Job is null ? "" : "AND job = @job")}
                    AND NOT EXISTS (SELECT 1 FROM job_alerts a WHERE a.rule = @rule AND a.run_id = job_runs.id)
                ORDER BY id LIMIT {MostRuns}
                """,
                parameters,
                RunRows.Read,
                cancellationToken
            );
            return [.. runs.Select(run => new Finding($"{rule.Name}:{run.Id}", run.Job, run, sentence(run)))];

            void AddIf(string name, object? value, bool isUsed)
            {
                if (isUsed)
                {
                    parameters[name] = value;
                }
            }
        }

        string TooLong(Run run)
        {
            var took = (run.FinishedAt ?? now) - run.StartedAt!.Value;
            return $"{run.Job} {(run.FinishedAt is null ? "has been running" : "ran")} for {took.TotalSeconds:0} seconds, longer than "
                + $"{Durations.Show(rule.Time!.Value)}.";
        }
    }

    private static string Failed(Run run) => $"{run.Job} {(run.State == RunState.TimedOut ? "timed out" : "failed")}: {run.Error}";

    private static async Task<IReadOnlyList<Finding>> MissingAsync(
        DbConnection connection,
        AlertRule rule,
        DateTime changed,
        DateTime now,
        CancellationToken cancellationToken
    )
    {
        var last = await connection.ScalarAsync<DateTime?>(
            "SELECT max(finished_at) FROM job_runs WHERE job = @Job AND state = 'succeeded'",
            new { rule.Job },
            cancellationToken
        );
        var since = last > changed ? last.Value : changed;
        if (since + rule.Time!.Value >= now)
        {
            return [];
        }

        var seen = last is { } moment ? $"the last one ended at {moment:yyyy-MM-dd HH:mm} UTC" : "there was none yet";
        return
        [
            new Finding(
                $"{rule.Name}:{since:O}",
                rule.Job!,
                null,
                $"{rule.Job} has not succeeded for {Durations.Show(rule.Time.Value)}; {seen}."
            ),
        ];
    }

    private static async Task<IReadOnlyList<Finding>> DriftedAsync(
        DbConnection connection,
        AlertRule rule,
        DateTime since,
        CancellationToken cancellationToken
    )
    {
        var runs = await connection.ReadAsync(
            $"SELECT {RunRows.Columns} FROM job_runs WHERE job = @Job AND state = 'succeeded' ORDER BY id DESC LIMIT "
                + $"{rule.History + MostRuns}",
            new { rule.Job },
            RunRows.Read,
            cancellationToken
        );
        var values = runs.Select(run => (Run: run, Value: NumberAt(run.Result, rule.Metric!)))
            .Where(pair => pair.Value is not null)
            .ToList();
        var findings = new List<Finding>();
        for (var i = 0; i < values.Count && values[i].Run.FinishedAt >= since; i++)
        {
            var before = values.Skip(i + 1).Take(rule.History).Select(pair => pair.Value!.Value).ToList();
            if (before.Count < Math.Min(LeastHistory, rule.History))
            {
                break;
            }

            var (run, value, mean) = (values[i].Run, values[i].Value!.Value, before.Average());
            if (Math.Abs(value - mean) > rule.Tolerance * Math.Abs(mean))
            {
                findings.Add(
                    new Finding(
                        $"{rule.Name}:{run.Id}",
                        run.Job,
                        run,
                        $"{run.Job}: {rule.Metric} is {value:G6}; in the {before.Count} runs before it was {mean:G6} on average, and "
                            + $"{rule.Tolerance:0.##%} of that is allowed."
                    )
                );
            }
        }

        return findings;
    }

    private static async Task<IReadOnlyList<Finding>> LostAsync(
        DbConnection connection,
        JobCatalogue catalogue,
        AlertRule rule,
        DateTime since,
        CancellationToken cancellationToken
    )
    {
        var findings = new List<Finding>();
        foreach (var find in catalogue.Losses)
        {
            var losses = await find(connection, since, rule.Time ?? TimeSpan.Zero, cancellationToken);
            findings.AddRange(losses.Select(loss => new Finding($"{rule.Name}:{loss.Id}", loss.Source, null, loss.Message)));
        }

        return findings;
    }

    private static double? NumberAt(JsonNode? result, string path)
    {
        foreach (var name in path.Split('.'))
        {
            result = result is JsonObject fields ? fields[name] : null;
        }

        return
            result is JsonValue value
            && double.TryParse(value.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
            && double.IsFinite(number)
            ? number
            : null;
    }
}
