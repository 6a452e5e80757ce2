using System.Data;

namespace Tradepost.DuckDb.Tests;

public sealed class DuckDbConnectionTests
{
    [Fact]
    public void A_query_in_memory_gives_its_value()
    {
        using var connection = Db.Open();

        connection.Get<int>("SELECT 42").ShouldBe(42);
    }

    [Fact]
    public void The_native_library_is_the_pinned_version()
    {
        using var connection = Db.Open();

        connection.ServerVersion.ShouldBe("v1.5.5");
    }

    [Fact]
    public void Times_convert_in_UTC_whatever_the_machine_is_set_to()
    {
        using var connection = Db.Open();

        connection.Get<string>("SELECT current_setting('TimeZone')").ShouldBe("UTC");
    }

    [Fact]
    public void The_state_follows_opening_and_closing()
    {
        using var connection = new DuckDbConnection();
        connection.State.ShouldBe(ConnectionState.Closed);

        connection.Open();
        connection.State.ShouldBe(ConnectionState.Open);

        connection.Close();
        connection.State.ShouldBe(ConnectionState.Closed);
    }
}
