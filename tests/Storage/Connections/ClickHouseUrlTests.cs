using Tradepost.Storage.Connections;

namespace Tradepost.Storage.Tests.Connections;

public sealed class ClickHouseUrlTests
{
    [Theory]
    [InlineData("http://u:p@h/d", "http://h:8123/", "u", "p", "d", false)]
    [InlineData("https://u:p%40%2F@h/d?compress=gzip", "https://h:8443/", "u", "p@/", "d", true)]
    [InlineData("http://h:9000", "http://h:9000/", "", "", "default", false)]
    [InlineData("http://u@[::1]:8123/my_db?compress=none", "http://[::1]:8123/", "u", "", "my_db", false)]
    public void An_address_is_taken_apart(string text, string endpoint, string user, string password, string database, bool isCompressed)
    {
        var url = ClickHouseUrl.Parse("ANALYTICS_URL", text);

        (url.Endpoint.ToString(), url.User, url.Password.Reveal(), url.Database, url.IsCompressed).ShouldBe(
            (endpoint, user, password, database, isCompressed)
        );
    }

    [Theory]
    [InlineData("clickhouse://u:hunter2@h/d", "http://user:password@host:8123/database, or the same with https")]
    [InlineData("h:8123", "http://user:password@host:8123/database")]
    [InlineData("http://u:hunter2@h/a;b", "allowed are letters, digits and underscores")]
    [InlineData("http://u:hunter2@h:0/d", "a port from 1 to 65535")]
    [InlineData("http://u:hunter2@h/d?compress=zstd", "gzip or none")]
    [InlineData("http://u:hunter2@h/d?secure=1", "allowed is compress")]
    [InlineData("http://u:hunter2@h h/d", "http://user:password@host:8123/database")]
    public void A_bad_address_is_refused_with_what_is_allowed(string text, string allowed)
    {
        var refused = Should.Throw<ConfigurationException>(() => ClickHouseUrl.Parse("ANALYTICS_URL", text));

        refused.Message.ShouldStartWith("ANALYTICS_URL: ");
        refused.Message.ShouldContain(allowed);
        refused.ToString().ShouldNotContain("hunter2");
    }

    [Fact]
    public void An_address_prints_without_its_password() =>
        ClickHouseUrl.Parse("ANALYTICS_URL", "http://u:hunter2@h/d").ToString().ShouldBe("http://u:***@h:8123/d");
}
