using System.Text.Json;
using Tradepost.Benchmarks.Measuring;

namespace Tradepost.Benchmarks.Etl;

/// <summary>The program as its user runs it, with settings of its own and none of the surroundings'.</summary>
internal sealed class CommandLine(Bench bench, IReadOnlyDictionary<string, string?> settings)
{
    private static readonly string[] Settings =
    [
        "DATABASE_URL",
        "DATABASE_URL_DIRECT",
        "DB_HOST",
        "DB_PORT",
        "DB_NAME",
        "DB_USER",
        "DB_PASSWORD",
        "DB_SSLMODE",
        "DB_POOL_SIZE",
        "DB_BATCH_SIZE",
        "TRADEPOST_DATA",
        "AUTH_DB_URL",
        "CATALOG_DB_URL",
        "ORDERS_DB_URL",
        "PAYMENTS_DB_URL",
    ];

    /// <summary>Runs a command and returns its JSON; the measurement's seconds are those that the command reports, or of the whole process where it reports none.</summary>
    public async Task<(Measurement Run, JsonElement Result)> RunAsync(CancellationToken cancellationToken, params string[] arguments)
    {
        var environment = Settings.ToDictionary(name => name, name => settings.GetValueOrDefault(name));
        var run = await MeasuredProcess.RunAsync("dotnet", [bench.Program, .. arguments, "--json"], environment, cancellationToken);
        var result = JsonDocument.Parse(run.Output).RootElement;
        return (result.TryGetProperty("seconds", out var seconds) ? run with { Seconds = seconds.GetDouble() } : run, result);
    }

    /// <summary>Loads the warehouse and adds the run to a series; a difference that remains is an error. What was written before it is on the disk.</summary>
    public async Task<JsonElement> LoadAsync(Series? series, CancellationToken cancellationToken, params string[] options)
    {
        await MeasuredProcess.RunAsync("sync", [], new Dictionary<string, string?>(), cancellationToken);
        var (run, result) = await RunAsync(cancellationToken, ["retail", "etl", .. options]);
        if (result.GetProperty("status").GetString() != "succeeded" || result.GetProperty("differing").GetInt64() != 0)
        {
            throw new BenchmarkException($"The ETL did not succeed: {result}");
        }

        series?.Add(run);
        bench.Say($"{string.Join(' ', options)}: {run.Seconds.ToString("0.00")} s, {run.PeakMegabytes:0} MB; {Steps(result)}");
        return result;
    }

    private static string Steps(JsonElement result) =>
        string.Join(
            ", ",
            result.GetProperty("steps").EnumerateObject().Select(step => $"{step.Name} {step.Value.GetDouble().ToString("0.00")}")
        );
}
