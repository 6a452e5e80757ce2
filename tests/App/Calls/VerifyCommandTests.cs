using System.Text.Json;
using Spectre.Console;
using Tradepost.Serving.Commands;
using Tradepost.Tests.Support;

namespace Tradepost.App.Tests.Calls;

public sealed class VerifyCommandTests : IDisposable
{
    private static readonly string[] Proofs =
    [
        "migrate from zero",
        "generate",
        "full load",
        "recompute independently",
        "incremental load",
        "load twice",
        "kill and resume",
        "back up and restore",
    ];

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task It_proves_the_embedded_store_and_leaves_nothing_behind()
    {
        var result = await VerifyAsync();

        result.GetProperty("status").GetString().ShouldBe("succeeded");
        result.GetProperty("steps").EnumerateArray().Select(step => step.GetProperty("step").GetString()).ShouldBe(Proofs);
        result.GetProperty("steps")[3].GetProperty("shown").GetString()!.ShouldEndWith("lines agree with the sources to the cent");
        Directory.GetFileSystemEntries(folder.Path, "verify_*").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("of the distribution")]
    [InlineData("the newest")]
    public async Task It_proves_a_PostgreSQL_server_in_databases_of_its_own(string which)
    {
        var server =
            which == "the newest" ? await Servers.RequireAsync(PostgresServer.StartNewestAsync) : await Servers.RequirePostgresAsync();
        await using var own = which == "the newest" ? server : null;
        var database = await server.CreateDatabaseAsync();
        await File.WriteAllTextAsync(folder.Combine(".env"), $"DATABASE_URL={database.Url}\n", TestContext.Current.CancellationToken);
        var tradepost = new TradepostProcess(folder.Path);
        tradepost.Environment["AUTH_DB_URL"] = "mysql://nobody:nothing@127.0.0.1:1/auth"; // the shop of its user, which it leaves alone

        var result = await tradepost.RunJsonAsync("retail", "verify", "--scale", "2", "--kills", "1");

        result.GetProperty("steps").GetArrayLength().ShouldBe(Proofs.Length);
        result.GetProperty("store").GetString()!.ShouldNotContain(database.Name);
    }

    /// <summary>Within this process; only the run that is killed is one of its own.</summary>
    private async Task<JsonElement> VerifyAsync()
    {
        using var output = new StringWriter();
        using var messages = new StringWriter();
        var terminal = new Terminal(Open(output), Open(messages), ResultsAreSeen: false, MessagesAreSeen: false);

        var exitCode = await CommandLine.RunAsync(
            ["retail", "verify", "--scale", "2", "--kills", "2", "--json", "--data", folder.Path],
            terminal,
            TimeProvider.System
        );

        exitCode.ShouldBe(0, messages.ToString() + output);
        return JsonDocument.Parse(output.ToString()).RootElement;
    }

    private static IAnsiConsole Open(StringWriter writer)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer), Ansi = AnsiSupport.No });
        console.Profile.Width = 10_000;
        return console;
    }
}
