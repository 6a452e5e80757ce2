using System.Text.Json;
using Tradepost.Benchmarks.Measuring;

namespace Tradepost.Benchmarks.Endurance;

/// <summary>SIGTERM in the middle of a load: the server ends soon, the warehouse is the old or the new one, and the run is done when a server is there again.</summary>
internal sealed class StoppedLoad(Bench bench, Site site)
{
    private const double MostSeconds = 5;
    private const int Milliseconds = 400; // a load is stopped anywhere within so many of its beginning
    private const string Question = "/api/v1/query?sql=SELECT%20count(*),%20sum(quantity),%20sum(net)%20FROM%20fact_sales";

    private readonly long stops = Bench.Number("STOPS", 5);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var (longest, neither, failed, cut) = (0.0, 0, 0, 0);
        var before = await SumsAfterLoadAsync(cancellationToken);
        for (var stop = 0; stop < stops; stop++)
        {
            await site.ChangeAsync(cancellationToken);
            var (run, seconds) = await StopAsync((int)(Milliseconds * (stop + 0.5) / stops), cancellationToken);
            var (wasCut, seen, after, succeeded) = await GoOnAsync(run, cancellationToken);
            longest = Math.Max(longest, seconds);
            neither += seen.Any(sums => sums != before && sums != after) || after == before ? 1 : 0;
            cut += wasCut ? 1 : 0;
            failed += succeeded ? 0 : 1;
            before = after;
        }

        bench.Findings.Add(
            Finding.AtMost($"SIGTERM in a load, {site.Name}: seconds until the server has ended, longest of {stops}", longest, MostSeconds)
        );
        bench.Findings.Add(
            Finding.AtMost($"SIGTERM in a load, {site.Name}: warehouses that are neither the old nor the new one", neither, 0)
        );
        bench.Findings.Add(
            Finding.AtLeast($"SIGTERM in a load, {site.Name}: loads that it came in the middle of, the others had ended", cut, 1)
        );
        bench.Findings.Add(Finding.AtMost($"SIGTERM in a load, {site.Name}: loads that did not succeed afterwards", failed, 0));
    }

    private async Task<string> SumsAfterLoadAsync(CancellationToken cancellationToken)
    {
        using var server = await Server.StartAsync(site, cancellationToken);
        using var visitor = await Visitor.EnterAsync(site, server, cancellationToken);
        return await SumsAsync(visitor, cancellationToken);
    }

    /// <summary>Begins a load and ends its server so many milliseconds after a worker has it.</summary>
    private async Task<(string Run, double Seconds)> StopAsync(int milliseconds, CancellationToken cancellationToken)
    {
        using var server = await Server.StartAsync(site, cancellationToken);
        using var visitor = await Visitor.EnterAsync(site, server, cancellationToken);
        var run = await visitor.StartRunAsync("retail.etl", new { mode = "full" }, cancellationToken);
        await visitor.UntilAsync(run, found => Visitor.StateOf(found) != "queued", cancellationToken);
        await Task.Delay(milliseconds, cancellationToken);
        return (run, await server.StopAsync(cancellationToken));
    }

    /// <summary>Starts again: the run goes on by itself; until it has ended whoever reads sees one of two warehouses. Then one more load is done.</summary>
    private async Task<(bool WasCut, HashSet<string> Seen, string After, bool Succeeded)> GoOnAsync(
        string run,
        CancellationToken cancellationToken
    )
    {
        using var server = await Server.StartAsync(site, cancellationToken);
        using var visitor = await Visitor.EnterAsync(site, server, cancellationToken);
        var wasCut = !Visitor.HasEnded(await visitor.GetAsync($"/api/v1/runs/{run}", cancellationToken));
        var seen = new HashSet<string>();
        JsonElement end;
        do
        {
            end = await visitor.GetAsync($"/api/v1/runs/{run}", cancellationToken);
            seen.Add(await SumsAsync(visitor, cancellationToken));
        } while (!Visitor.HasEnded(end));

        var next = await visitor.StartRunAsync("retail.etl", new { mode = "full" }, cancellationToken);
        var last = await visitor.UntilAsync(next, Visitor.HasEnded, cancellationToken);
        var after = await SumsAsync(visitor, cancellationToken);
        return (wasCut, seen, after, Visitor.StateOf(end) == "succeeded" && Visitor.StateOf(last) == "succeeded");
    }

    private static async Task<string> SumsAsync(Visitor visitor, CancellationToken cancellationToken) =>
        (await visitor.GetAsync(Question, cancellationToken)).GetProperty("rows").GetRawText();
}
