using Tradepost.Tests.Support;

namespace Tradepost.Jobs.Tests;

public sealed class PathScopeTests : IDisposable
{
    private readonly TemporaryFolder home = new();
    private readonly string data;

    public PathScopeTests()
    {
        data = Directory.CreateDirectory(home.Combine("data")).FullName;
        Directory.CreateDirectory(home.Combine("data", "inner"));
        File.WriteAllText(home.Combine("outside.yaml"), "");
        File.WriteAllText(Path.Combine(data, "inside.yaml"), "");
    }

    public void Dispose() => home.Dispose();

    [Theory]
    [InlineData("inside.yaml", "inside.yaml")]
    [InlineData("not-there.yaml", "not-there.yaml")]
    [InlineData("inner/../inside.yaml", "inside.yaml")]
    [InlineData("./inner//new.yaml", "inner/new.yaml")]
    public void A_path_inside_the_folder_starts_from_it_whether_or_not_there_is_a_file(string path, string found)
    {
        new PathScope(data).Find(path).ShouldBe(Path.Combine(Real(data), found));
        new PathScope(data).Find(Path.Combine(data, path)).ShouldBe(Path.Combine(Real(data), found));
    }

    [Theory]
    [InlineData("../outside.yaml")]
    [InlineData("../not-there.yaml")]
    [InlineData("inner/../../outside.yaml")]
    [InlineData("../data-beside/file.yaml")]
    [InlineData("/etc/passwd")]
    [InlineData("/not/there")]
    [InlineData("")]
    [InlineData(".")]
    [InlineData("inside.yaml\0")]
    public void A_path_that_leads_elsewhere_is_none(string path) => new PathScope(data).Find(path).ShouldBeNull();

    [Theory]
    [InlineData("tradepost.duckdb")]
    [InlineData("tradepost.duckdb.wal")]
    [InlineData("tradepost.sock")]
    [InlineData("tradepost.keys")]
    [InlineData("retail/auth.duckdb")]
    [InlineData("demo/tradepost.duckdb")]
    [InlineData("demo/tradepost.duckdb.tmp/spilled")]
    [InlineData("backups/yesterday")]
    [InlineData("logs/tradepost-2026-01-01.log")]
    [InlineData("servers/postgres/password")]
    [InlineData("trading/log/binance/000.log")]
    [InlineData("inner/../tradepost.duckdb")]
    [InlineData("inner/elsewhere.db")]
    [InlineData("link-to-store")]
    public void The_programs_own_files_are_none(string path)
    {
        File.CreateSymbolicLink(Path.Combine(data, "link-to-store"), "tradepost.duckdb");

        new PathScope(data, Path.Combine(data, "inner", "elsewhere.db"), ["trading/log"]).Find(path).ShouldBeNull();
    }

    [Fact]
    public void Links_are_followed_before_it_is_decided()
    {
        File.CreateSymbolicLink(Path.Combine(data, "out"), home.Path);
        File.CreateSymbolicLink(Path.Combine(data, "file"), home.Combine("outside.yaml"));
        File.CreateSymbolicLink(Path.Combine(data, "relative"), "../outside.yaml");
        File.CreateSymbolicLink(Path.Combine(data, "within"), "inner");
        File.CreateSymbolicLink(Path.Combine(data, "circle"), "circle");
        File.CreateSymbolicLink(home.Combine("alias"), data);
        var scope = new PathScope(data);

        foreach (
            var path in new[]
            {
                "out/outside.yaml",
                "out/not-there.yaml",
                "file",
                "relative",
                "within/../../outside.yaml",
                "circle",
                "circle/file",
            }
        )
        {
            scope.Find(path).ShouldBeNull(path);
        }

        scope.Find("within/../inside.yaml").ShouldBe(Path.Combine(Real(data), "inside.yaml"));
        scope.Find("out/data/inside.yaml").ShouldBe(Path.Combine(Real(data), "inside.yaml"));
        new PathScope(home.Combine("alias")).Find("inside.yaml").ShouldBe(Path.Combine(Real(data), "inside.yaml"));
    }

    // A system's folder for temporary files may itself be a link.
    private static string Real(string folder) => Path.GetDirectoryName(new PathScope(folder).Find("x"))!;
}
