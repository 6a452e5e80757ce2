using Tradepost.Storage.Connections;

namespace Tradepost.Storage.Tests.Connections;

public sealed class RedisUrlTests
{
    [Theory]
    [InlineData("redis://h", "h", 6379, null, "", 0, false, "redis://h:6379/0")]
    [InlineData("redis://:p%40@h:1/3", "h", 1, null, "p@", 3, false, "redis://:***@h:1/3")]
    [InlineData("rediss://u:p@h:6380", "h", 6380, "u", "p", 0, true, "rediss://u:***@h:6380/0")]
    public void An_address_is_taken_apart(
        string text,
        string host,
        int port,
        string? user,
        string password,
        int database,
        bool isEncrypted,
        string description
    )
    {
        var url = RedisUrl.Parse("REDIS_URL", text);

        (url.Host, url.Port, url.User, url.Password.Reveal(), url.Database, url.IsEncrypted).ShouldBe(
            (host, port, user, password, database, isEncrypted)
        );
        $"{url}".ShouldBe(description);
    }

    [Theory]
    [InlineData("localhost:6379")]
    [InlineData("http://:hunter2@h")]
    [InlineData("redis://:hunter2@h/first")]
    [InlineData("redis://:hunter2@h,other")]
    [InlineData("redis://:hunter2@h:0")]
    [InlineData("redis://:hunter2@h?ssl=1")]
    public void A_bad_address_is_refused_without_its_password(string text)
    {
        var refusal = Should.Throw<ConfigurationException>(() => RedisUrl.Parse("REDIS_URL", text));

        refusal.Setting.ShouldBe("REDIS_URL");
        refusal.Message.ShouldNotContain("hunter2");
    }
}
