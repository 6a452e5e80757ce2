using Tradepost.Storage.Connections;

namespace Tradepost.Storage.Tests.Connections;

public sealed class PostgresProviderTests
{
    [Theory]
    [InlineData("postgresql://u:p@ep-x-1.eu.neon.tech/d?sslmode=require", "Neon", false, null)]
    [InlineData(
        "postgresql://u:p@ep-x-1-pooler.eu.neon.tech/d?sslmode=require&channel_binding=require",
        "Neon",
        true,
        "postgresql://u:p@ep-x-1.eu.neon.tech/d?sslmode=require&channel_binding=require"
    )]
    [InlineData(
        "postgresql://u.ref:p@aws-0-eu.pooler.supabase.com:6543/postgres",
        "Supabase",
        true,
        "postgresql://u.ref:p@aws-0-eu.pooler.supabase.com:5432/postgres"
    )]
    [InlineData("postgresql://u.ref:p@aws-0-eu.pooler.supabase.com:5432/postgres", "Supabase", false, null)]
    [InlineData("postgresql://u:p@db-1.b.db.ondigitalocean.com:25060/d?sslmode=require", "DigitalOcean", false, null)]
    [InlineData("postgresql://u:p@db-1.b.db.ondigitalocean.com:25061/pool?sslmode=require", "DigitalOcean", true, null)]
    [InlineData("postgresql://u:p@10.0.0.7:6432/d?pooler=true", "PostgreSQL", true, null)]
    [InlineData("postgresql://u:p@10.0.0.7:6432/d", "PostgreSQL", false, null)]
    [InlineData("postgresql://u:p@db.example.test/d", "PostgreSQL", false, null)]
    public void An_address_tells_who_runs_the_server_and_what_lies_past_its_pooler(string text, string name, bool isPooler, string? past)
    {
        var url = PostgresUrl.Parse("DATABASE_URL", text);

        url.Provider.Name.ShouldBe(name);
        url.IsPooler.ShouldBe(isPooler);
        PostgresProvider.PastPooler(text, url).ShouldBe(past);
    }

    [Theory]
    [InlineData("postgresql://u:p@10.0.0.7:6432/d", true)]
    [InlineData("postgresql://u:p@10.0.0.7:6432/d?pooler=true", false)]
    [InlineData("postgresql://u:p@10.0.0.7:6432/d?pooler=false", false)]
    [InlineData("postgresql://u:p@10.0.0.7/d", false)]
    public void The_port_of_PgBouncer_leaves_a_question(string text, bool expected) =>
        PostgresUrl.Parse("DATABASE_URL", text).MayBePooler.ShouldBe(expected);

    [Theory]
    [InlineData("postgresql://u:p@localhost/d", true, false)]
    [InlineData("postgresql://u:p@127.0.0.3/d?sslmode=require", true, true)]
    [InlineData("postgresql://u:p@[::1]/d?sslmode=verify-full", true, true)]
    [InlineData("postgresql://u:p@db.example.test/d?sslmode=prefer", false, false)]
    [InlineData("postgresql://u:p@localhost,db.example.test/d?sslmode=verify-ca", false, true)]
    public void An_address_tells_whether_it_is_remote_and_encrypted(string text, bool isLocal, bool requiresEncryption)
    {
        var url = PostgresUrl.Parse("DATABASE_URL", text);

        (url.IsLocal, url.RequiresEncryption).ShouldBe((isLocal, requiresEncryption));
    }
}
