using Npgsql;
using Tradepost.Storage.Connections;
using Tradepost.Tests.Support;

namespace Tradepost.Storage.Tests.Connections;

public sealed class PostgresUrlTests
{
    [Theory]
    [InlineData("postgres://u:p@h/d", "h", 5432, "u", "p", "d")]
    [InlineData("postgresql://u:p@h:6000/d", "h", 6000, "u", "p", "d")]
    [InlineData("postgresql+asyncpg://u:p@h/d", "h", 5432, "u", "p", "d")]
    [InlineData("postgresql://u%40x:p%3A%2F%3F%23%5B%5D%40%25@h/my%20db", "h", 5432, "u@x", "p:/?#[]@%", "my db")]
    [InlineData("postgresql://u:p+q@h/d", "h", 5432, "u", "p+q", "d")]
    [InlineData("postgresql://u:a:b@h/d", "h", 5432, "u", "a:b", "d")]
    [InlineData("postgresql://u:a@b@h/d", "h", 5432, "u", "a@b", "d")]
    [InlineData("postgresql://u:p@[::1]:6000/d", "::1", 6000, "u", "p", "d")]
    [InlineData("postgresql://u:p@[2001:db8::1]/d", "2001:db8::1", 5432, "u", "p", "d")]
    [InlineData("postgresql:///d?host=h&port=1&user=u&password=p", "h", 1, "u", "p", "d")]
    [InlineData("postgresql://u:p@%2Fvar%2Frun%2Fpostgresql/d", "/var/run/postgresql", 5432, "u", "p", "d")]
    [InlineData("Host=h;Port=6000;Username=u;Password=p;Database=d", "h", 6000, "u", "p", "d")]
    public void An_address_is_taken_apart(string text, string host, int port, string user, string password, string database)
    {
        var settings = Parse(text);

        settings.Host.ShouldBe(host);
        settings.Port.ShouldBe(port);
        settings.Username.ShouldBe(user);
        settings.Password.ShouldBe(password);
        settings.Database.ShouldBe(database);
    }

    [Theory]
    [InlineData("disable", SslMode.Disable, false)]
    [InlineData("allow", SslMode.Allow, false)]
    [InlineData("prefer", SslMode.Prefer, false)]
    [InlineData("require", SslMode.Require, false)]
    [InlineData("verify-ca", SslMode.VerifyCA, true)]
    [InlineData("verify-full", SslMode.VerifyFull, true)]
    public void Every_sslmode_is_understood(string text, SslMode mode, bool verifies)
    {
        Parse($"postgresql://u:p@h/d?sslmode={text}").SslMode.ShouldBe(mode);
        PostgresUrl.Parse("DATABASE_URL", $"postgresql://u:p@h/d?sslmode={text}").VerifiesServer.ShouldBe(verifies);
    }

    [Fact]
    public void Options_are_given_to_the_driver()
    {
        var settings = Parse(
            $"postgresql://u:p@h/d?sslrootcert={Uri.EscapeDataString(RepositoryRoot.Combine("Makefile"))}&channel_binding=require&connect_timeout=7&application_name=etl&options=endpoint%3Dep-x&sslnegotiation=direct&client_encoding=utf8"
        );

        settings.RootCertificate.ShouldBe(RepositoryRoot.Combine("Makefile"));
        settings.ChannelBinding.ShouldBe(ChannelBinding.Require);
        settings.Timeout.ShouldBe(7);
        settings.ApplicationName.ShouldBe("etl");
        settings.Options.ShouldBe("endpoint=ep-x");
        settings.SslNegotiation.ShouldBe(SslNegotiation.Direct);
    }

    [Theory]
    [InlineData("postgresql://u:p@ep-x-123-pooler.eu.example.test/d?connect_timeout=2", 15)]
    [InlineData("postgresql://u:p@ep-x-123-pooler.eu.example.test/d?connect_timeout=40", 40)]
    [InlineData("postgresql://u:p@ep-x-123-pooler.eu.example.test/d?connect_timeout=0", 0)]
    [InlineData("Host=ep-x-123-pooler.eu.example.test;Username=u;Max Auto Prepare=20;Keepalive=10", 15)]
    public void A_pooler_gets_settings_that_need_no_session(string text, int timeout)
    {
        var settings = Parse(text);

        settings.NoResetOnClose.ShouldBeTrue();
        settings.MaxAutoPrepare.ShouldBe(0);
        settings.KeepAlive.ShouldBe(0);
        settings.ConnectionIdleLifetime.ShouldBe(60);
        settings.Timeout.ShouldBe(timeout);
    }

    [Theory]
    [InlineData("postgresql://u:p@ep-x-123.eu-pooler.example.test/d", false)]
    [InlineData("postgresql://u:p@ep-x-123-pooler.example.test/d?pooler=false", false)]
    [InlineData("postgresql://u:p@aws-0-eu.pooler.supabase.test:6543/d", true)]
    [InlineData("postgresql://u:p@aws-0-eu.pooler.supabase.test:5432/d", false)] // its session mode
    [InlineData("postgresql://u:p@10.0.0.7:6432/d?pooler=true", true)]
    [InlineData("postgresql://u:p@10.0.0.7:6432/d", false)]
    public void A_pooler_is_known_by_what_the_address_says_or_by_its_name(string text, bool isPooler)
    {
        var url = PostgresUrl.Parse("DATABASE_URL", text);

        url.IsPooler.ShouldBe(isPooler);
        url.WithPoolSize(3).WithUser("q", "q").WithDatabase("e").IsPooler.ShouldBe(isPooler);
    }

    [Fact]
    public void Several_hosts_are_kept_with_their_ports()
    {
        var url = PostgresUrl.Parse("DATABASE_URL", "postgresql://u:hunter2@db1:5433,db2,[::1]:6000/d?target_session_attrs=primary");

        url.Description.ShouldBe("postgresql://u:***@db1:5433,db2,[::1]:6000/d");
        url.ConnectionString.Reveal().ShouldContain("db1:5433,db2,[::1]:6000");
        url.HasSeveralHosts.ShouldBeTrue();
    }

    [Theory]
    [InlineData("postgresql://u:hunter2@h/d?sslmode=maybe", "sslmode=maybe", "disable, allow, prefer, require, verify-ca, verify-full")]
    [InlineData("postgresql://u:hunter2@h/d?pgbouncer=true", "pgbouncer", "sslmode, sslrootcert")]
    [InlineData("postgresql://u:hunter2@h/d?sslmode", "sslmode", "has no value")]
    [InlineData("postgresql://u:hunter2@h:99999/d", "99999", "1 to 65535")]
    [InlineData("postgresql://u:hunter2@h:port/d", "port", "1 to 65535")]
    [InlineData("postgresql://u:hun/ter2@h/d", "u:***@h", "%2F")]
    [InlineData("postgresql://u:hun?ter2@h/d", "u:***@h", "%3F")]
    [InlineData("postgresql://u:hunter2@h1:x,h2/d", "x", "1 to 65535")]
    [InlineData("postgresql://u:hunter2@h/d?pooler=maybe", "pooler=maybe", "true, false")]
    [InlineData("postgresql://u:hunter2@h1,h2/d?target_session_attrs=best", "target_session_attrs=best", "read-write")]
    [InlineData("postgresql://u:hunter2@h/d?sslrootcert=/no/such.crt", "/no/such.crt", "no such file")]
    [InlineData("postgresql://u:hunter2@h/d?sslkey=/no/such.key", "/no/such.key", "no such file")]
    [InlineData("postgresql://u:p@h/d?connect_timeout=soon", "connect_timeout=soon", "1024 seconds")]
    [InlineData("mysql://u:hunter2@h/d", "mysql://u:***@h/d", "postgresql://user:password@host")]
    [InlineData("hunter2", "", "postgresql://user:password@host")]
    [InlineData("Host=h;Passwort=hunter2", "Host=h", "driver understands")]
    [InlineData("Username=u;Password=hunter2", "Password=***", "names no Host")]
    public void A_bad_address_is_refused_with_what_it_held_and_what_is_allowed(string text, string held, string allowed)
    {
        var refused = Should.Throw<ConfigurationException>(() => PostgresUrl.Parse("DATABASE_URL", text));

        refused.Setting.ShouldBe("DATABASE_URL");
        refused.Message.ShouldStartWith("DATABASE_URL: ");
        refused.Message.ShouldContain(held);
        refused.Message.ShouldContain(allowed);
        if (text != "hunter2" && !text.Contains("Passwort", StringComparison.Ordinal))
        {
            refused.ToString().ShouldNotContain("ter2");
        }
    }

    [Fact]
    public void An_address_prints_without_its_password()
    {
        var url = PostgresUrl.Parse("DATABASE_URL", "postgresql://u:hunter2@[::1]:6000/d");

        url.ToString().ShouldBe("postgresql://u:***@[::1]:6000/d");
        url.ConnectionString.ToString().ShouldNotContain("hunter2");
        url.ConnectionString.Reveal().ShouldContain("hunter2");
    }

    private static NpgsqlConnectionStringBuilder Parse(string text) =>
        new(PostgresUrl.Parse("DATABASE_URL", text).ConnectionString.Reveal());
}
