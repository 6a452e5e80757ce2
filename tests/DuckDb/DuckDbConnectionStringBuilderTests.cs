namespace Tradepost.DuckDb.Tests;

public sealed class DuckDbConnectionStringBuilderTests
{
    [Fact]
    public void Without_keys_it_is_a_private_database_in_memory()
    {
        var settings = new DuckDbConnectionStringBuilder("");

        settings.DataSource.ShouldBe(":memory:");
        settings.AccessMode.ShouldBe("read_write");
        settings.Threads.ShouldBeNull();
        settings.TimeZone.ShouldBe("UTC");
    }

    [Fact]
    public void Keys_are_read_in_any_spelling()
    {
        var settings = new DuckDbConnectionStringBuilder("datasource=a.duckdb;ACCESS_MODE=READ_ONLY;threads=2;Memory Limit=1GB;temp directory=spill;Config.preserve_insertion_order=false");

        settings.DataSource.ShouldBe("a.duckdb");
        settings.AccessMode.ShouldBe("read_only");
        settings.Threads.ShouldBe(2);
        settings.MemoryLimit.ShouldBe("1GB");
        settings.TempDirectory.ShouldBe("spill");
        settings["config.preserve_insertion_order"].ShouldBe("false");
    }

    [Theory]
    [InlineData("Nonsense=1", "Nonsense")]
    [InlineData("Threads=0", "Threads is '0'")]
    [InlineData("Threads=many", "Threads is 'many'")]
    [InlineData("Access Mode=write", "Access Mode is 'write'")]
    public void A_bad_key_or_value_is_named(string connectionString, string message) =>
        Should.Throw<ArgumentException>(() => new DuckDbConnectionStringBuilder(connectionString)).Message.ShouldContain(message, Case.Insensitive);

    [Fact]
    public void Settings_reach_the_database()
    {
        using var connection = Db.Open("Threads=3;Memory Limit=100MiB;config.preserve_insertion_order=false;Time Zone=Asia/Tokyo");

        connection.Get<string>("SELECT concat_ws(' ', current_setting('threads'), current_setting('memory_limit'), current_setting('preserve_insertion_order'), current_setting('TimeZone'))")
            .ShouldBe("3 100.0 MiB false Asia/Tokyo");
    }

    [Theory]
    [InlineData("config.nonsense=1", "nonsense")]
    [InlineData("Time Zone=Nowhere/Town", "Nowhere/Town")]
    public void A_setting_that_DuckDB_does_not_know_is_named(string connectionString, string message) =>
        Should.Throw<DuckDbException>(() => Db.Open(connectionString)).Message.ShouldContain(message);

    [Fact]
    public void The_factory_creates_all_parts()
    {
        using var connection = DuckDbFactory.Instance.CreateConnection();
        using var command = DuckDbFactory.Instance.CreateCommand();

        connection.ShouldBeOfType<DuckDbConnection>();
        command.ShouldBeOfType<DuckDbCommand>();
        DuckDbFactory.Instance.CreateParameter().ShouldBeOfType<DuckDbParameter>();
        DuckDbFactory.Instance.CreateConnectionStringBuilder().ShouldBeOfType<DuckDbConnectionStringBuilder>();
    }
}
