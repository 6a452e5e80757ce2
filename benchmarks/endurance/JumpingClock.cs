using System.Net;
using System.Text.Json;
using Tradepost.Benchmarks.Measuring;

namespace Tradepost.Benchmarks.Endurance;

/// <summary>
/// An hour forward, back, further back and forward again, while a schedule fires every minute and a long run goes on: who was signed
/// in stays so, no time of the schedule starts two runs, and no run is taken for dead.
/// </summary>
internal sealed class JumpingClock(Bench bench, Site site, MovableClock clock, int servers)
{
    private const string Schedule = "every-minute";
    private const int MadeUp = 2; // for the hour that was left out, and for the minute that came meanwhile

    private const int Shown = 5; // of the runs that were begun anew

    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(75);
    private static readonly TimeSpan[] Places = [TimeSpan.FromHours(1), TimeSpan.Zero, TimeSpan.FromHours(-1), TimeSpan.Zero];

    private readonly TimeSpan pause = TimeSpan.FromSeconds(Bench.Number("SECONDS_CLOCK", 20));
    private readonly Dictionary<string, int> counts = new()
    {
        ["signed out"] = 0,
        ["limited"] = 0,
        ["renewed"] = 0,
    };

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var running = new List<Server>();
        var visitors = new List<Visitor>();
        try
        {
            for (var i = 0; i < servers; i++)
            {
                running.Add(await Server.StartAsync(site, cancellationToken));
                visitors.Add(await Visitor.EnterAsync(site, running[^1], cancellationToken));
            }

            await JumpAsync(visitors, cancellationToken);
        }
        finally
        {
            visitors.ForEach(visitor => visitor.Dispose());
            running.ForEach(server => server.Dispose());
            clock.Move(TimeSpan.Zero);
        }
    }

    private async Task JumpAsync(List<Visitor> visitors, CancellationToken cancellationToken)
    {
        var first = visitors[0];
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        var started = await first.SendAsync(
            HttpMethod.Post,
            "/api/v1/jobs/retail.etl/backfill",
            new { from = today.AddDays(-720), to = today.AddDays(-1) },
            cancellationToken
        );
        var backfill = started.GetProperty("id").GetString()!;
        await first.SendAsync(
            HttpMethod.Put,
            $"/api/v1/schedules/{Schedule}",
            new { job = "retail.kpi", cron = "* * * * *" },
            cancellationToken
        );
        await UntilFiredAsync(first, cancellationToken);
        var madeUp = 0;
        foreach (var place in Places)
        {
            var before = (await FiredAsync(first, cancellationToken)).Count;
            bench.Say($"{site.Name}: the clock is put {place.TotalHours:+0;-0;0} hours from the machine's");
            clock.Move(place);
            await Task.Delay(pause, cancellationToken);
            foreach (var visitor in visitors)
            {
                await LookAsync(visitor, cancellationToken);
            }

            madeUp = Math.Max(madeUp, (await FiredAsync(first, cancellationToken)).Count - before);
        }

        await Task.Delay(Minute, cancellationToken);
        await LookAsync(first, cancellationToken);
        await ReportAsync(first, backfill, madeUp, cancellationToken);
        await first.SendAsync(HttpMethod.Delete, $"/api/v1/schedules/{Schedule}", null, cancellationToken);
    }

    /// <summary>A page does the same: a token that does not count is renewed by the session's, which has to succeed.</summary>
    private async Task LookAsync(Visitor visitor, CancellationToken cancellationToken)
    {
        var status = await visitor.StatusAsync("/api/v1/auth/me", cancellationToken);
        if (status == HttpStatusCode.Unauthorized)
        {
            counts["renewed"]++;
            status = await visitor.RefreshAsync(cancellationToken)
                ? await visitor.StatusAsync("/api/v1/auth/me", cancellationToken)
                : status;
        }

        counts["limited"] += status == HttpStatusCode.TooManyRequests ? 1 : 0;
        counts["signed out"] += status is HttpStatusCode.OK or HttpStatusCode.TooManyRequests ? 0 : 1;
    }

    private async Task ReportAsync(Visitor visitor, string backfill, int madeUp, CancellationToken cancellationToken)
    {
        var run = await visitor.GetAsync($"/api/v1/runs/{backfill}", cancellationToken);
        var wasRunning = !Visitor.HasEnded(run);
        var parts = await ItemsAsync(visitor, $"/api/v1/runs?parent={backfill}&limit=1000", cancellationToken);
        if (wasRunning)
        {
            await visitor.SendAsync(HttpMethod.Delete, $"/api/v1/runs/{backfill}", null, cancellationToken);
            await visitor.UntilAsync(backfill, Visitor.HasEnded, cancellationToken);
        }

        var fired = await FiredAsync(visitor, cancellationToken);
        var all = parts.Append(run).Concat(fired).ToList();
        var twice = fired.Count - fired.Select(one => one.GetProperty("idempotency_key").GetString()).Distinct().Count();
        Add("sessions that could not go on", counts["signed out"], 0);
        Add("requests that a limit refused", counts["limited"], 0);
        bench.Findings.Add(Finding.Figure($"clock, {site.Name}: access tokens that had to be renewed", counts["renewed"]));
        Add($"times of the schedule that started two runs, of {fired.Count}", twice, 0);
        Add("runs of the schedule after one jump, at most", madeUp, MadeUp);
        Add($"runs begun anew or given up, of {all.Count}", all.Count(IsTakenForDead), 0);
        bench.Notes.AddRange(
            all.Where(IsTakenForDead)
                .Take(Shown)
                .Select(one =>
                    $"clock, {site.Name}: {one.GetProperty("job")} {one.GetProperty("id")} is {Visitor.StateOf(one)}, attempt {one.GetProperty("attempt")}, {one.GetProperty("error")}"
                )
        );
        bench.Notes.Add(
            $"clock, {site.Name}: the long run (a backfill of {parts.Count} days so far) {(wasRunning ? "went on through all jumps" : "ended before the last jump")}."
        );
    }

    private void Add(string what, int count, int most) => bench.Findings.Add(Finding.AtMost($"clock, {site.Name}: {what}", count, most));

    private static bool IsTakenForDead(JsonElement run) =>
        run.GetProperty("attempt").GetInt32() > 1 || Visitor.StateOf(run) is "failed" or "timed_out";

    private static async Task UntilFiredAsync(Visitor visitor, CancellationToken cancellationToken)
    {
        while ((await FiredAsync(visitor, cancellationToken)).Count == 0)
        {
            await Task.Delay(TimeSpan.FromSeconds(1), cancellationToken);
        }
    }

    private static async Task<List<JsonElement>> FiredAsync(Visitor visitor, CancellationToken cancellationToken) =>
        [
            .. (await ItemsAsync(visitor, "/api/v1/runs?job=retail.kpi&limit=1000", cancellationToken)).Where(run =>
                run.GetProperty("asked_how").GetString() == "schedule"
            ),
        ];

    private static async Task<List<JsonElement>> ItemsAsync(Visitor visitor, string path, CancellationToken cancellationToken)
    {
        // The token may have been issued at another place of the clock.
        if (await visitor.StatusAsync("/api/v1/auth/me", cancellationToken) == HttpStatusCode.Unauthorized)
        {
            await visitor.RefreshAsync(cancellationToken);
        }

        return [.. (await visitor.GetAsync(path, cancellationToken)).GetProperty("items").EnumerateArray()];
    }
}
