using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Tradepost.Storage.Connections;
using Tradepost.Streams;
using Tradepost.Trading.Collecting;
using Tradepost.Trading.Filing;

namespace Tradepost.Trading.Tests.Collecting;

/// <summary>A collector in a process of its own, which runs until it is killed.</summary>
internal static class CollectingProcess
{
    private const string Variable = "TRADEPOST_TEST_COLLECTOR";

    /// <summary>Kills it some time after it started, or after it recorded its first quote.</summary>
    public static async Task RunAndKillAsync(
        CollectorWorld world,
        CollectOptions options,
        TimeSpan lifetime,
        CancellationToken cancellationToken,
        bool isRecording = false,
        string? analytics = null,
        string? kafka = null
    )
    {
        var before = LastWrite(options);
        var start = new ProcessStartInfo("dotnet", [typeof(CollectingProcess).Assembly.Location])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment[Variable] = string.Join(
            '\n',
            world.Url,
            options.LogFolder,
            options.Stream,
            options.Rest,
            options.Symbols[0],
            options.Storage
        );
        start.Environment[SettingNames.AnalyticsUrl] = analytics;
        start.Environment[SettingNames.KafkaBrokers] = kafka;
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        await process.StandardOutput.ReadLineAsync(cancellationToken);
        while (isRecording && LastWrite(options) == before)
        {
            await Task.Delay(5, cancellationToken);
        }

        await Task.Delay(lifetime, cancellationToken);
        process.Kill();
        await process.WaitForExitAsync(cancellationToken);
    }

    private static DateTime LastWrite(CollectOptions options) =>
        Directory.Exists(options.LogFolder)
            ? Directory.EnumerateFiles(options.LogFolder, "*.log").Select(File.GetLastWriteTimeUtc).DefaultIfEmpty().Max()
            : default;

    public static async Task<bool> RunIfAskedAsync()
    {
        if (
            Environment.GetEnvironmentVariable(Variable)?.Split('\n')
            is not [var url, var log, var stream, var rest, var symbol, var storage]
        )
        {
            return false;
        }

        await using var store = CollectorWorld.Open(Path.GetDirectoryName(log)!, url);
        await Console.Out.WriteLineAsync("ready");
        await CollectService.RunAsync(
            new CollectOptions
            {
                Symbols = [symbol],
                Analytics = Environment.GetEnvironmentVariable(SettingNames.AnalyticsUrl) is { Length: > 0 } analytics
                    ? ClickHouseUrl.Parse(SettingNames.AnalyticsUrl, analytics)
                    : null,
                Kafka = Environment.GetEnvironmentVariable(SettingNames.KafkaBrokers) is { Length: > 0 } kafka
                    ? KafkaBrokers.Parse(SettingNames.KafkaBrokers, kafka)
                    : null,
                Stream = new Uri(stream),
                Rest = new Uri(rest),
                LogFolder = log,
                Storage = Enum.Parse<StorageKind>(storage),
                Log = new LogOptions { SegmentBytes = 128 << 10, GroupInterval = TimeSpan.FromMilliseconds(1) },
            },
            store,
            [TradingMigrations.Set],
            TimeProvider.System,
            NullLogger.Instance,
            new Progress<CollectProgress>(),
            CancellationToken.None
        );
        return true;
    }
}
