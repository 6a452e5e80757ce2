namespace Tradepost.Storage.Connections;

/// <summary>A PostgreSQL store, and the address past its pooler where one stands in between.</summary>
public sealed record PostgresTarget(PostgresUrl Url, PostgresUrl? Direct = null) : StoreTarget
{
    public override string Description => Url.Description;

    public override Store Open(TimeProvider time) => new PostgresStore(this, time);
}
