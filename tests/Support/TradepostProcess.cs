using System.Diagnostics;
using System.Text.Json;

namespace Tradepost.Tests.Support;

/// <summary>Runs the program as its user does, in a folder and with settings of the test's own.</summary>
public sealed class TradepostProcess(string folder)
{
    private static readonly string[] Cleared =
    [
        "TRADEPOST_DATA",
        "TRADEPOST_DEBUG",
        "DATABASE_URL",
        "DATABASE_URL_DIRECT",
        "DATABASE_URL_QUERIES",
        "DB_HOST",
        "DB_PORT",
        "DB_NAME",
        "DB_USER",
        "DB_PASSWORD",
        "DB_SSLMODE",
        "DB_POOL_SIZE",
        "DB_BATCH_SIZE",
        "AUTH_DB_URL",
        "CATALOG_DB_URL",
        "ORDERS_DB_URL",
        "PAYMENTS_DB_URL",
        "COLUMNS",
        "NO_COLOR",
    ];

    /// <summary>What the program is told through its environment.</summary>
    public IDictionary<string, string> Environment { get; } = new Dictionary<string, string>();

    /// <summary>The umask that the program is started with; null: the test's own.</summary>
    public string? Umask { get; init; }

    /// <summary>
    /// Whether SIGINT and SIGTERM do what they usually do although the test's own process may ignore them, as one does that a shell started in the
    /// background.
    /// </summary>
    public bool TakesSignals { get; init; }

    public async Task<TradepostResult> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        return await FinishAsync(process);
    }

    /// <summary>Runs with <c>--json</c> and gives the document.</summary>
    public async Task<JsonElement> RunJsonAsync(params string[] arguments)
    {
        var result = await RunAsync([.. arguments, "--json"]);
        return result.ExitCode == 0
            ? result.Json()
            : throw new InvalidOperationException(
                $"tradepost {string.Join(' ', arguments)} ended with {result.ExitCode}: {result.Errors}{result.Output}"
            );
    }

    public Process Start(params string[] arguments)
    {
        var process = StartWithInput(arguments);
        process.StandardInput.Close();
        return process;
    }

    /// <summary>The same with its standard input open, for the test to write to and to close.</summary>
    public Process StartWithInput(params string[] arguments)
    {
        string[] call = ["dotnet", TestedProgram.Path, .. arguments];
        call = TakesSignals ? ["env", "--default-signal=INT,TERM", .. call] : call;
        string[] all = Umask is null ? call : ["sh", "-c", $"umask {Umask}; exec \"$@\"", "sh", .. call];
        var start = new ProcessStartInfo(all[0], all[1..])
        {
            WorkingDirectory = folder,
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        foreach (var name in Cleared)
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in Environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start) ?? throw new InvalidOperationException("The program did not start.");
    }

    public static async Task<TradepostResult> FinishAsync(Process process)
    {
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return new TradepostResult(process.ExitCode, await output, await errors);
    }
}
