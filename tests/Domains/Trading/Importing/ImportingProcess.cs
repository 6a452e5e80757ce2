using System.Diagnostics;
using Tradepost.Trading.Importing;
using Tradepost.Trading.Tapes;

namespace Tradepost.Trading.Tests.Importing;

/// <summary>An import in a process of its own, which is killed after some commits.</summary>
internal static class ImportingProcess
{
    private const string Variable = "TRADEPOST_TEST_IMPORT";

    public static async Task RunAndKillAsync(CollectorWorld world, string file, int commits, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(ImportingProcess).Assembly.Location])
        {
            RedirectStandardOutput = true,
            UseShellExecute = false,
        };
        start.Environment[Variable] = string.Join('\n', world.Folder, world.Url, file);
        using var process = Process.Start(start) ?? throw new InvalidOperationException("dotnet did not start.");
        for (var i = 0; i < commits; i++)
        {
            await process.StandardOutput.ReadLineAsync(cancellationToken);
        }

        process.Kill();
        await process.WaitForExitAsync(cancellationToken);
    }

    public static async Task<bool> RunIfAskedAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable)?.Split('\n') is not [var folder, var url, var file])
        {
            return false;
        }

        await using var store = CollectorWorld.Open(folder, url);
        await using var connection = await store.OpenSessionAsync(CancellationToken.None);
        var load = new FileImport(store, connection, TimeProvider.System).NewLoad(
            new ImportOptions(),
            (_, _) => Task.CompletedTask,
            Console.Out.WriteLine,
            commitRows: 2_000
        );
        await load.RunAsync(TapeFile.Of(file), new TapeLines(TapeKind.Quotes, keepRepeated: false), CancellationToken.None);
        return true;
    }
}
