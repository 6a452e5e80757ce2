namespace Tradepost.Storage.Connections;

/// <summary>The embedded DuckDB store in a file.</summary>
public sealed record EmbeddedTarget(string Path) : StoreTarget
{
    public override string Description => $"duckdb:///{Path.TrimStart('/')}";

    public override Store Open(TimeProvider time) => new DuckDbStore(Path);

    public override Task<StoreTarget> CreateBesideAsync(string folder, string name, CancellationToken cancellationToken) =>
        Task.FromResult<StoreTarget>(new EmbeddedTarget(System.IO.Path.Combine(folder, $"{name}.duckdb")));

    public override Task DropAsync(CancellationToken cancellationToken)
    {
        File.Delete(Path);
        return Task.CompletedTask;
    }

    /// <summary>The store for reading only, beside other processes that read it.</summary>
    /// <exception cref="StoreUnavailableException">There is no file yet.</exception>
    public Store OpenForReading() =>
        File.Exists(Path)
            ? new DuckDbStore(Path, isReadOnly: true)
            : throw new StoreUnavailableException(
                $"There is no store {Path} yet; `tradepost db setup` creates it, and so does the first job."
            );
}
