using Dapper;
using MySqlConnector;
using Tradepost.Storage.Connections;
using Tradepost.Tests.Support;

namespace Tradepost.Storage.Tests.Connections;

public sealed class MySqlUrlTests
{
    [Theory]
    [InlineData("mysql://u:p@h/d", "h", 3306u, "u", "p", "d")]
    [InlineData("mysql+pymysql://u:p@h:3307/d", "h", 3307u, "u", "p", "d")]
    [InlineData("mariadb://u%40x:p%3A%40@h/my%20db", "h", 3306u, "u@x", "p:@", "my db")]
    [InlineData("mysql://u:p;q=1\"@h/d", "h", 3306u, "u", "p;q=1\"", "d")]
    [InlineData("mysql://u:p@[::1]:3307/d", "::1", 3307u, "u", "p", "d")]
    [InlineData("Server=h;Port=3307;User ID=u;Password=p;Database=d", "h", 3307u, "u", "p", "d")]
    public void An_address_is_taken_apart(string text, string host, uint port, string user, string password, string database)
    {
        var settings = Parse(text);

        settings.Server.ShouldBe(host);
        settings.Port.ShouldBe(port);
        settings.UserID.ShouldBe(user);
        settings.Password.ShouldBe(password);
        settings.Database.ShouldBe(database);
        settings.AllowZeroDateTime.ShouldBeTrue();
        settings.TreatTinyAsBoolean.ShouldBeFalse();
        settings.GuidFormat.ShouldBe(MySqlGuidFormat.None);
    }

    [Theory]
    [InlineData("", MySqlSslMode.Preferred)]
    [InlineData("?sslmode=disable", MySqlSslMode.Disabled)]
    [InlineData("?sslmode=prefer", MySqlSslMode.Preferred)]
    [InlineData("?ssl-mode=REQUIRED", MySqlSslMode.Required)]
    [InlineData("?sslmode=verify-ca", MySqlSslMode.VerifyCA)]
    [InlineData("?ssl_mode=VERIFY_IDENTITY", MySqlSslMode.VerifyFull)]
    public void Every_sslmode_is_understood(string query, MySqlSslMode mode) => Parse($"mysql://u:p@h/d{query}").SslMode.ShouldBe(mode);

    [Theory]
    [InlineData("mysql://u:hunter2@h", "names no database")]
    [InlineData("mysql://u:hunter2@h/d?sslmode=maybe", "disable, prefer, require, verify-ca, verify-full")]
    [InlineData("mysql://u:hunter2@h/d?charset=latin1", "utf8mb4")]
    [InlineData("mysql://u:hunter2@h/d?autocommit=true", "allowed are sslmode")]
    [InlineData("mysql://u:hunter2@h/d?time_zone=Europe/Kyiv'x", "an offset such as +02:00, or a name such as Europe/Kyiv")]
    [InlineData("mysql://u:hunter2@h/d?time_zone=%2B14:30", "an offset such as +02:00")]
    [InlineData("mysql://u:hunter2@h/d?connect_timeout=0", "1 to 1024 seconds")]
    [InlineData("mysql://u:hunter2@h1,h2/d", "one host")]
    [InlineData("mysql://u:hunter2@h/d?sslca=/no/such.crt", "no such file")]
    [InlineData("postgresql://u:hunter2@h/d", "mysql://user:password@host")]
    [InlineData("Sever=h;Password=hunter2", "driver understands")]
    public void A_bad_address_is_refused_with_what_is_allowed(string text, string allowed)
    {
        var refused = Should.Throw<ConfigurationException>(() => MySqlUrl.Parse("ORDERS_DB_URL", text));

        refused.Message.ShouldStartWith("ORDERS_DB_URL: ");
        refused.Message.ShouldContain(allowed);
        refused.ToString().ShouldNotContain("hunter2");
    }

    [Theory]
    [InlineData("mysql://u:p@h/d", null)]
    [InlineData("mysql://u:p@h/d?time_zone=utc", "UTC")]
    [InlineData("mysql://u:p@h/d?charset=utf8mb4&time_zone=%2B00:00", "UTC")]
    [InlineData("mysql://u:p@h/d?time_zone=-03:30", "-03:30")]
    [InlineData("mysql://u:p@h/d?time_zone=Europe/Kyiv", "Europe/Kyiv")]
    [InlineData("mysql://u:p@h/d?time_zone=America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires")]
    public void The_address_may_say_the_zone_of_times_without_one(string text, string? zone) =>
        MySqlUrl.Parse("ORDERS_DB_URL", text).Zone.ShouldBe(zone);

    [Fact]
    public void An_address_prints_without_its_password()
    {
        MySqlUrl.Parse("ORDERS_DB_URL", "mysql://u:hunter2@h/d").ToString().ShouldBe("mysql://u:***@h:3306/d");
    }

    [Fact]
    public async Task A_zero_date_and_any_letter_can_be_read()
    {
        var server = await Servers.RequireMariaDbAsync();
        var database = await server.CreateDatabaseAsync();
        await using var connection = new MySqlConnection(MySqlUrl.Parse("ORDERS_DB_URL", database.Url).ConnectionString.Reveal());
        await connection.OpenAsync(TestContext.Current.CancellationToken);
        await connection.ExecuteAsync(
            "SET sql_mode = ''; CREATE TABLE t (d datetime, s text); INSERT INTO t VALUES ('0000-00-00', '東京 🚀')"
        );

        await using var reader = await connection.ExecuteReaderAsync("SELECT d, s FROM t");
        await reader.ReadAsync(TestContext.Current.CancellationToken);

        reader.GetValue(0).ShouldBeOfType<MySqlDateTime>().IsValidDateTime.ShouldBeFalse();
        reader.GetString(1).ShouldBe("東京 🚀");
    }

    private static MySqlConnectionStringBuilder Parse(string text) => new(MySqlUrl.Parse("ORDERS_DB_URL", text).ConnectionString.Reveal());
}
