using System.Diagnostics;
using Tradepost.Jobs;
using Tradepost.Retail.Sources;
using Tradepost.Storage.Connections;

namespace Tradepost.Retail.Verification;

/// <summary>A full load in a process of its own, so that it can be killed.</summary>
internal static class ChildRun
{
    private const string Program = "Tradepost.App.dll";

    /// <summary>Starts a load and kills it after a while; false when it had finished by then.</summary>
    public static async Task<bool> KillAsync(
        StoreTarget store,
        string dataFolder,
        TimeSpan after,
        TimeProvider time,
        CancellationToken cancellationToken
    )
    {
        using var process = Start(store, dataFolder);
        var ended = process.WaitForExitAsync(cancellationToken);
        if (await Task.WhenAny(ended, Task.Delay(after, time, cancellationToken)) == ended)
        {
            return false;
        }

        process.Kill();
        await ended;
        return true;
    }

    /// <summary>The runtime that runs this process, or the one on the path when this process brings its own host.</summary>
    private static string Host() =>
        Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet";

    private static Process Start(StoreTarget store, string dataFolder)
    {
        var program = Path.Combine(AppContext.BaseDirectory, Program);
        if (!File.Exists(program))
        {
            throw new JobFailedException($"{program} is not there, and a run to be killed needs it: install the program as it was built.");
        }

        var start = new ProcessStartInfo(Host())
        {
            WorkingDirectory = dataFolder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var argument in (string[])[program, "retail", "etl", "--mode", "full", "--json", "--data", dataFolder])
        {
            start.ArgumentList.Add(argument);
        }

        foreach (var setting in SettingNames.All.Concat(ShopSources.Settings))
        {
            start.Environment.Remove(setting.Name);
        }

        start.Environment[SettingNames.DatabaseUrl] = store is PostgresTarget postgres
            ? postgres.Url.ConnectionString.Reveal()
            : $"duckdb://{((EmbeddedTarget)store).Path}";
        var process = Process.Start(start) ?? throw new JobFailedException($"{start.FileName} could not be started.");
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        return process;
    }
}
