using System.Diagnostics;
using Tradepost.Advertising.Events;
using Tradepost.Storage.Connections;
using Tradepost.Streams;
using Tradepost.Streams.Topics;
using Tradepost.Tests.Support;

namespace Tradepost.Advertising.Tests.Events;

/// <summary>
/// A process of its own that counts the topic into the store until it is killed: this assembly's program, which with this setting in its
/// environment counts in place of running tests.
/// </summary>
internal static class CountingProcess
{
    private const string Variable = "TRADEPOST_TEST_COUNTS";

    /// <summary>Lets one count for a while and kills it with -9; nobody else may have the store and the topic open.</summary>
    public static async Task RunAndKillAsync(AdvertisingWorld world, TimeSpan lifetime, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "Tradepost.Advertising.Tests"))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment =
            {
                [Variable] = "1",
                [SettingNames.Data] = world.PathOf(""),
                [SettingNames.DatabaseUrl] = world.Url,
            },
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException($"{start.FileName} did not start.");
        (await process.StandardOutput.ReadLineAsync(cancellationToken)).ShouldBe("counting");
        await Task.Delay(lifetime, cancellationToken);
        process.HasExited.ShouldBeFalse();
        process.Kill();
        await process.WaitForExitAsync(cancellationToken);
    }

    public static async Task<bool> RunIfAskedAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is null)
        {
            return false;
        }

        // Set together with the variable.
        var settings = AdvertisingWorld.SettingsOf(
            Environment.GetEnvironmentVariable(SettingNames.Data)!,
            Environment.GetEnvironmentVariable(SettingNames.DatabaseUrl)!
        );
        await using var store = settings.Store.Open(TimeProvider.System);
        await using var topic = new EventTopic(() => new LogTopics(EventTopic.FolderOf(settings), new LogOptions(), TimeProvider.System));
        using var counter = new EventCounter(store, settings, topic, TimeProvider.System, new SaidLogger());
        await Console.Out.WriteLineAsync("counting");
        await counter.StartAsync(CancellationToken.None);
        await counter.ExecuteTask!;
        return true;
    }
}
