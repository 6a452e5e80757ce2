using System.Diagnostics;
using Tradepost.Tests.Support;

namespace Tradepost.App.Tests.Calls;

/// <summary>The program on a disk that is full: a small one in memory, mounted in a namespace of the test's own.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly TemporaryFolder folder = new();

    [Fact]
    public async Task A_load_that_fills_the_disk_says_so_and_succeeds_once_there_is_room()
    {
        await RequireNamespacesAsync();
        var program = new TradepostProcess(folder.Path) { Environment = { ["TRADEPOST_DATA"] = folder.Combine("shop") } };
        await program.RunJsonAsync("retail", "generate", "--scale", "20");
        var disk = Directory.CreateDirectory(folder.Combine("disk")).FullName;
        var tradepost = $"TRADEPOST_DATA='{disk}' dotnet '{TestedProgram.Path}'";

        var output = await InNamespaceAsync(
            $"""
            mount -t tmpfs -o size=4m none '{disk}'
            cp -r '{folder.Combine("shop")}/retail' '{disk}/'
            {tradepost} retail etl --mode full
            echo "exit $?"
            mount -o remount,size=200m '{disk}'
            {tradepost} retail etl --mode full --json
            echo "exit $?"
            """
        );

        output.ShouldContain(
            $"The disk that holds duckdb://{disk}/tradepost.duckdb is full; nothing was changed. Free some space and try again.\nexit 1\n"
        );
        output.ShouldContain("\"status\":\"succeeded\"");
        output.ShouldEndWith("exit 0\n");
    }

    public void Dispose() => folder.Dispose();

    private static async Task RequireNamespacesAsync()
    {
        try
        {
            await InNamespaceAsync("true");
        }
        catch (Exception missing) when (missing is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            Assert.Skip($"needs unshare -rm, to mount a small disk: {missing.Message}");
        }
    }

    private static async Task<string> InNamespaceAsync(string script)
    {
        var start = new ProcessStartInfo("unshare", ["-rm", "sh", "-c", $"exec 2>&1\n{script}"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        using var process = Process.Start(start) ?? throw new InvalidOperationException("unshare did not start.");
        process.StandardInput.Close();
        var output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return process.ExitCode == 0
            ? output
            : throw new InvalidOperationException($"unshare ended with {process.ExitCode}: {output.Trim()}");
    }
}
