using System.Net.Http.Json;
using Tradepost.Tests.Support;

namespace Tradepost.App.Tests.Remote;

/// <summary>What happens around a server that holds the embedded store.</summary>
public sealed class CommandSocketTests : IAsyncLifetime
{
    private const string Endless =
        "SELECT count(*) FROM generate_series(1, 3000000) AS a(i), generate_series(1, 3000000) AS b(i) WHERE (a.i * b.i) % 7 = 8";

    private readonly TemporaryFolder folder = new();
    private RunningServer? server;

    private TradepostProcess Program => new(folder.Path);

    private string Socket => folder.Combine("data", "tradepost.sock");

    public async ValueTask InitializeAsync() => server = await RunningServer.StartAsync(Program);

    [Fact]
    public async Task Only_its_user_can_reach_it_and_not_over_the_network()
    {
        File.GetUnixFileMode(Socket).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Directory
            .EnumerateFileSystemEntries(folder.Combine("data"))
            .Where(path => path.Contains(".sock.", StringComparison.Ordinal))
            .ShouldBeEmpty();
        using var client = new HttpClient();
        foreach (var path in new[] { "/commands", "/api/v1/commands", "/cli", "/rpc" })
        {
            using var answer = await client.PostAsJsonAsync(
                new Uri(server!.Address + path),
                new { Arguments = new[] { "db", "status" } },
                TestContext.Current.CancellationToken
            );
            ((int)answer.StatusCode).ShouldBe(404);
        }
    }

    [Fact]
    public async Task Several_commands_are_worked_on_at_once()
    {
        var results = await Task.WhenAll(
            Enumerable.Range(1, 6).Select(i => Program.RunAsync("db", "query", $"SELECT {i} AS i, count(*) FROM range(1000000)", "--json"))
        );

        results
            .Select(result => result.Output)
            .ShouldBe(
                Enumerable
                    .Range(1, 6)
                    .Select(i => $$"""{"columns":["i","count_star()"],"rows":[[{{i}},1000000]],"truncated":false}""" + "\n")
            );
    }

    [Fact]
    public async Task Interrupted_a_command_stops_in_the_server()
    {
        using var call = Program.Start("db", "query", Endless, "--timeout", "600");
        await UntilWorkedOnAsync();

        await Commands.RunAsync("kill", ["-INT", call.Id.ToString()]);
        var result = await TradepostProcess.FinishAsync(call);

        result.ExitCode.ShouldBe(130);
        result.Errors.ShouldBe("Stopped.\n");
        (await QueriesAsync("cancelled")).ShouldBe(1);
    }

    [Fact]
    public async Task A_command_that_is_killed_stops_in_the_server()
    {
        using var call = Program.Start("db", "query", Endless, "--timeout", "600");
        await UntilWorkedOnAsync();

        call.Kill();

        while (await QueriesAsync("cancelled") == 0)
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }

    [Fact]
    public async Task A_server_that_stops_stops_the_commands_it_works_on()
    {
        using var call = Program.Start("db", "query", Endless, "--timeout", "600");
        await UntilWorkedOnAsync();

        var (exit, _) = await server!.StopAsync();
        var result = await TradepostProcess.FinishAsync(call);

        exit.ShouldBe(130);
        result.ExitCode.ShouldBe(130);
        File.Exists(Socket).ShouldBeFalse();
    }

    [Fact]
    public async Task The_ghost_of_a_killed_server_is_removed_and_the_command_runs()
    {
        await server!.KillAsync();
        File.Exists(Socket).ShouldBeTrue();

        var result = await Program.RunAsync("db", "query", "SELECT 1 AS one", "--json");

        result.Errors.ShouldBe("");
        result.Output.ShouldBe("{\"columns\":[\"one\"],\"rows\":[[1]],\"truncated\":false}\n");
        File.Exists(Socket).ShouldBeFalse();
    }

    [Fact]
    public async Task A_server_takes_the_place_of_a_killed_one()
    {
        await server!.KillAsync();

        await using var next = await RunningServer.StartAsync(Program);

        (await Program.RunAsync("db", "status")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_killed_server_ends_the_command_with_a_sentence()
    {
        using var call = Program.Start("db", "query", Endless, "--timeout", "600");
        await UntilWorkedOnAsync();

        await server!.KillAsync();
        var result = await TradepostProcess.FinishAsync(call);

        result.ExitCode.ShouldBe(1);
        result.Errors.ShouldBe(
            $"The server that held {folder.Combine("data", "tradepost.duckdb")} ended before the command did; look at what is done, and call the command again.\n"
        );
    }

    [Fact]
    public async Task A_second_server_is_refused_and_the_first_keeps_working()
    {
        var second = await Program.RunAsync("serve", "--urls", "http://127.0.0.1:0");

        second.ExitCode.ShouldBe(1);
        second.Errors.ShouldContain($"Another process is using {folder.Combine("data", "tradepost.duckdb")}");
        second.Errors.ShouldContain($"PID {server!.Id}");
        (await Program.RunAsync("db", "status")).ExitCode.ShouldBe(0);
    }

    [Fact]
    public async Task A_process_without_a_socket_is_named()
    {
        File.Delete(Socket);

        var result = await Program.RunAsync("db", "status");

        result.ExitCode.ShouldBe(1);
        result.Errors.ShouldContain($"PID {server!.Id}");
    }

    [Fact]
    public async Task A_restore_is_refused_while_a_server_works_on_the_store()
    {
        await Program.RunAsync("db", "backup", "x.backup");

        var result = await Program.RunAsync("db", "restore", "x.backup", "--force");

        result.ExitCode.ShouldBe(1);
        result.Errors.ShouldBe(
            $"A server works on duckdb://{folder.Combine("data", "tradepost.duckdb")}, and restoring would take the file from under it; stop the server, restore, and start it again.\n"
        );
    }

    [Fact]
    public async Task What_is_not_a_call_is_hung_up_on()
    {
        using var socket = new System.Net.Sockets.Socket(
            System.Net.Sockets.AddressFamily.Unix,
            System.Net.Sockets.SocketType.Stream,
            System.Net.Sockets.ProtocolType.Unspecified
        );
        await socket.ConnectAsync(new System.Net.Sockets.UnixDomainSocketEndPoint(Socket), TestContext.Current.CancellationToken);
        await socket.SendAsync("GET / HTTP/1.1\r\nHost: x\r\n\r\n"u8.ToArray(), TestContext.Current.CancellationToken);

        var received = await Record.ExceptionAsync(async () =>
            (await socket.ReceiveAsync(new byte[10], TestContext.Current.CancellationToken)).ShouldBe(0)
        );

        (
            received is null or System.Net.Sockets.SocketException { SocketErrorCode: System.Net.Sockets.SocketError.ConnectionReset }
        ).ShouldBeTrue();
        (await Program.RunAsync("db", "status")).ExitCode.ShouldBe(0);
    }

    public async ValueTask DisposeAsync()
    {
        if (server is not null)
        {
            await server.DisposeAsync();
        }

        folder.Dispose();
    }

    private async Task<int> QueriesAsync(string outcome)
    {
        using var client = new HttpClient();
        var text = await client.GetStringAsync(new Uri(server!.Address + "/metrics"), TestContext.Current.CancellationToken);
        var line = text.Split('\n')
            .FirstOrDefault(line =>
                line.StartsWith("tradepost_storage_query_duration_seconds_count{", StringComparison.Ordinal)
                && line.Contains($"outcome=\"{outcome}\"", StringComparison.Ordinal)
            );
        return line is null ? 0 : int.Parse(line.Split(' ')[^1]);
    }

    // The command's connection is there once the server counts one more than it had.
    private async Task UntilWorkedOnAsync()
    {
        using var client = new HttpClient();
        while (
            !(await client.GetStringAsync(new Uri(server!.Address + "/metrics"), TestContext.Current.CancellationToken))
                .Split('\n')
                .Any(line =>
                    line.StartsWith("tradepost_storage_queries_active{", StringComparison.Ordinal)
                    && line.EndsWith(" 1", StringComparison.Ordinal)
                )
        )
        {
            await Task.Delay(20, TestContext.Current.CancellationToken);
        }
    }
}
