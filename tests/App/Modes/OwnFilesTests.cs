using Tradepost.Tests.Support;

namespace Tradepost.App.Tests.Modes;

/// <summary>What the program puts on the disk can be opened by the user who ran it, and by nobody else of the machine.</summary>
public sealed class OwnFilesTests : IDisposable
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Everything =
        Owner
        | UnixFileMode.GroupRead
        | UnixFileMode.GroupWrite
        | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead
        | UnixFileMode.OtherWrite
        | UnixFileMode.OtherExecute;

    private readonly TemporaryFolder folder = new();

    // Whoever enters the folder above must not come further.
    public OwnFilesTests() => File.SetUnixFileMode(folder.Path, Everything);

    [Theory]
    [InlineData("000")]
    [InlineData("022")]
    public async Task Nobody_else_can_open_what_is_written_whatever_the_umask_of_the_caller(string umask)
    {
        var program = new TradepostProcess(folder.Path) { Umask = umask };
        await program.RunJsonAsync("retail", "generate");
        await program.RunJsonAsync("retail", "etl", "--mode", "full");
        await program.RunJsonAsync("db", "backup", "kept/store.backup");
        await RecordAsync(program);
        await program.RunJsonAsync("trading", "export", "--out", "kept/quotes.csv");
        await using var server = await RunningServer.StartAsync(program);
        await program.RunJsonAsync("db", "backup", "kept/by-server.backup");

        var all = Directory.EnumerateFileSystemEntries(folder.Path, "*", SearchOption.AllDirectories).ToList();

        all.ShouldContain(path => path.EndsWith("tradepost.duckdb.wal", StringComparison.Ordinal));
        all.ShouldContain(folder.Combine("data", "tradepost.sock"));
        all.ShouldContain(path => path.Contains("/trading/log/", StringComparison.Ordinal));
        all.Where(path =>
                (File.GetUnixFileMode(path) & ~(Directory.Exists(path) ? Owner : UnixFileMode.UserRead | UnixFileMode.UserWrite))
                != UnixFileMode.None
            )
            .ShouldBeEmpty();
        (await OpenedByNobodyAsync(all)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Everything_is_closed_from_its_creation_on_for_the_process_itself_takes_the_rights_away()
    {
        var program = new TradepostProcess(folder.Path) { Umask = "000" };

        await using var server = await RunningServer.StartAsync(program);

        (await File.ReadAllLinesAsync($"/proc/{server.Id}/status", TestContext.Current.CancellationToken)).ShouldContain("Umask:\t0077");
    }

    [Fact]
    public async Task What_an_older_version_left_open_is_closed_by_the_next_command()
    {
        var program = new TradepostProcess(folder.Path);
        await program.RunJsonAsync("retail", "generate");
        await program.RunJsonAsync("db", "setup");
        var elsewhere = folder.Write("elsewhere.txt", "not the program's");
        File.SetUnixFileMode(elsewhere, Everything);
        File.CreateSymbolicLink(folder.Combine("data", "link"), elsewhere);
        var all = Directory
            .EnumerateFileSystemEntries(folder.Combine("data"), "*", SearchOption.AllDirectories)
            .Where(path => new FileInfo(path).LinkTarget is null)
            .Append(folder.Combine("data"))
            .ToList();
        all.ForEach(path => File.SetUnixFileMode(path, Everything));

        await program.RunJsonAsync("db", "status");

        all.Where(path => (File.GetUnixFileMode(path) & ~Owner) != UnixFileMode.None).ShouldBeEmpty();
        File.GetUnixFileMode(elsewhere).ShouldBe(Everything);
    }

    [Fact]
    public async Task A_store_that_lies_elsewhere_is_closed_and_the_folder_it_lies_in_is_left_alone()
    {
        var shared = Directory.CreateDirectory(folder.Combine("shared"), Everything).FullName;
        File.SetUnixFileMode(shared, Everything);
        var program = new TradepostProcess(folder.Path) { Environment = { ["DATABASE_URL"] = $"duckdb://{shared}/shop.duckdb" } };
        await program.RunJsonAsync("db", "setup");
        File.SetUnixFileMode(Path.Combine(shared, "shop.duckdb"), Everything);

        await program.RunJsonAsync("db", "status");

        (File.GetUnixFileMode(Path.Combine(shared, "shop.duckdb")) & ~Owner).ShouldBe(UnixFileMode.None);
        File.GetUnixFileMode(shared).ShouldBe(Everything);
    }

    [Fact]
    public async Task A_data_folder_that_holds_more_than_the_programs_own_keeps_its_mode()
    {
        Directory.CreateDirectory(folder.Combine("work", ".git"));
        var mine = folder.Write("work/notes.txt", "somebody's");
        Array.ForEach([folder.Combine("work"), mine], path => File.SetUnixFileMode(path, Everything));
        var program = new TradepostProcess(folder.Path) { Environment = { ["TRADEPOST_DATA"] = folder.Combine("work") } };
        await program.RunJsonAsync("db", "setup");
        File.SetUnixFileMode(folder.Combine("work", "tradepost.duckdb"), Everything);

        await program.RunJsonAsync("db", "status");

        File.GetUnixFileMode(folder.Combine("work")).ShouldBe(Everything);
        File.GetUnixFileMode(mine).ShouldBe(Everything);
        (File.GetUnixFileMode(folder.Combine("work", "tradepost.duckdb")) & ~Owner).ShouldBe(UnixFileMode.None);
    }

    [Fact]
    public async Task Doctor_names_what_is_open_with_its_mode_and_what_closes_it_and_changes_nothing()
    {
        var program = new TradepostProcess(folder.Path);
        await program.RunJsonAsync("db", "setup");
        var open = new[]
        {
            folder.Combine("data"),
            folder.Combine("data", "tradepost.duckdb"),
            folder.Write(".env", "TRADEPOST_LOG=text\n"),
            folder.Write("it's.key", "a key"),
        };
        Array.ForEach(open, path => File.SetUnixFileMode(path, Everything));
        program.Environment["TRADEPOST_CERTIFICATE_KEY"] = "it's.key";

        var checks = (await program.RunJsonAsync("doctor"))
            .GetProperty("checks")
            .EnumerateArray()
            .Where(check => check.GetProperty("name").GetString() == "files")
            .ToList();

        checks.ShouldAllBe(check => check.GetProperty("status").GetString() == "warning");
        foreach (var path in open)
        {
            var check = checks.Single(check =>
                check.GetProperty("detail").GetString()!.StartsWith($"{path} is 0777", StringComparison.Ordinal)
            );
            var remedy = check.GetProperty("remedy").GetString()!.Trim('`');
            await Commands.RunAsync("sh", ["-c", remedy]);
            (File.GetUnixFileMode(path) & ~Owner).ShouldBe(UnixFileMode.None, remedy);
        }
    }

    public void Dispose() => folder.Dispose();

    private async Task RecordAsync(TradepostProcess program)
    {
        using var process = program.Start("trading", "collect", "--exchange", "simulator", "--rate", "50");
        while (!Directory.Exists(folder.Combine("data", "trading", "log")) || !File.Exists(folder.Combine("data", "tradepost.duckdb.wal")))
        {
            process.HasExited.ShouldBeFalse();
            await Task.Delay(50, TestContext.Current.CancellationToken);
        }

        await Task.Delay(1000, TestContext.Current.CancellationToken); // for some quotes to come
        await Commands.RunAsync("kill", ["-INT", process.Id.ToString()]);
        await TradepostProcess.FinishAsync(process);
    }

    /// <summary>The paths that the user nobody could open, tried as that user; only root can become him.</summary>
    private static async Task<List<string>> OpenedByNobodyAsync(List<string> paths)
    {
        if (!Environment.IsPrivilegedProcess)
        {
            return [];
        }

        const string attempt =
            """for path; do if [ -r "$path" ] || [ -w "$path" ] || [ -x "$path" ] || head -c 1 "$path" || ls "$path"; then echo "$path"; fi 2>&-; done""";
        var output = await Commands.RunAsync(
            "setpriv",
            ["--reuid=65534", "--regid=65534", "--clear-groups", "sh", "-c", attempt, "sh", .. paths]
        );
        return [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries)];
    }
}
