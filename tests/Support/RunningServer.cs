using System.Diagnostics;

namespace Tradepost.Tests.Support;

/// <summary><c>tradepost serve</c> in a process of its own, in a folder, on a free port.</summary>
public sealed class RunningServer : IAsyncDisposable
{
    private readonly Process process;
    private readonly Task<string> errors;

    private RunningServer(Process process, string address, Task<string> errors) =>
        (this.process, Address, this.errors) = (process, address, errors);

    public string Address { get; }

    public int Id => process.Id;

    public static async Task<RunningServer> StartAsync(TradepostProcess program)
    {
        var server = program.Start("serve", "--urls", "http://127.0.0.1:0");
        const string says = "Tradepost listens on ";
        while (await server.StandardError.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(says, StringComparison.Ordinal))
            {
                return new RunningServer(server, line[says.Length..], server.StandardError.ReadToEndAsync());
            }
        }

        throw new InvalidOperationException("The server ended at once.");
    }

    /// <summary>As a crash does: nothing is tidied up.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>Asks it to stop, and gives its exit code and what it still said.</summary>
    public async Task<(int ExitCode, string Errors)> StopAsync()
    {
        await Commands.RunAsync("kill", ["-INT", process.Id.ToString()]);
        await process.WaitForExitAsync();
        return (process.ExitCode, await errors);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            await KillAsync();
        }

        process.Dispose();
    }
}
