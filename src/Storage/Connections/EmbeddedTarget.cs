namespace Tradepost.Storage.Connections;

/// <summary>The embedded DuckDB store in a file.</summary>
public sealed record EmbeddedTarget(string Path) : StoreTarget
{
    public override string Description => $"duckdb:///{Path.TrimStart('/')}";

    public override Store Open(TimeProvider time) => new DuckDbStore(Path);
}
