namespace Tradepost.Storage.Connections;

/// <summary>A PostgreSQL store.</summary>
/// <param name="Direct">The address past its pooler, where one stands in between.</param>
/// <param name="Queries">The same database with a login that only reads, for queries; null for the one that <c>db setup</c> makes.</param>
public sealed record PostgresTarget(PostgresUrl Url, PostgresUrl? Direct = null, PostgresUrl? Queries = null) : StoreTarget
{
    public override string Description => Url.Description;

    public override Store Open(TimeProvider time) => new PostgresStore(this, time);

    public override async Task<StoreTarget> CreateBesideAsync(string folder, string name, CancellationToken cancellationToken)
    {
        var target = PostgresDatabase.Sibling(this, $"tradepost_{name}");
        await PostgresDatabase.CreateIfMissingAsync(target, cancellationToken);
        return target;
    }

    public override Task DropAsync(CancellationToken cancellationToken) => PostgresDatabase.DropAsync(this, cancellationToken);
}
