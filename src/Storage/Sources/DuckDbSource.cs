using DuckDB.NET.Data;
using Tradepost.Storage.Embedded;
using Tradepost.Storage.Probes;

namespace Tradepost.Storage.Sources;

/// <summary>A DuckDB file as a source, opened for reading only.</summary>
public sealed class DuckDbSource(string name, string path, TimeProvider clock) : Source(name)
{
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    public override string Description => $"DuckDB {Path}";

    public override SourceDialect Dialect { get; } = new DuckDbSourceDialect();

    public override async Task<SourceSnapshot> OpenSnapshotAsync(CancellationToken cancellationToken)
    {
        EnsureExists();
        var connection = new EmbeddedConnection(
            new EmbeddedSettings(new DuckDBConnectionStringBuilder { DataSource = Path, AccessMode = DuckDBAccessMode.ReadOnly })
        );
        try
        {
            await connection.OpenAsync(cancellationToken);
            var transaction = connection.BeginTransaction();
            return new DuckDbSnapshot(this, connection, transaction) { Clock = clock.UtcMoment() };
        }
        catch (EmbeddedException failure)
        {
            await connection.DisposeAsync();
            throw new SourceUnavailableException(Name, Description, failure.Message.Trim(), failure);
        }
    }

    public override async Task<SourceProbe> ProbeAsync(IReadOnlyList<string> tables, CancellationToken cancellationToken)
    {
        EnsureExists();
        await using var connection = new EmbeddedConnection(
            new EmbeddedSettings(new DuckDBConnectionStringBuilder { DataSource = Path, AccessMode = DuckDBAccessMode.ReadOnly })
        );
        try
        {
            await connection.OpenAsync(cancellationToken);
            var found = await connection.QueryAsync<string>(
                "SELECT table_name FROM information_schema.tables",
                parameters: null,
                cancellationToken
            );
            return new SourceProbe(
                connection.ServerVersion,
                TimeZone: null,
                TimeSpan.Zero,
                clock.GetUtcNow().UtcDateTime,
                [.. tables.Except(found, StringComparer.OrdinalIgnoreCase)]
            );
        }
        catch (EmbeddedException failure)
        {
            throw new SourceUnavailableException(Name, Description, failure.Message.Trim(), failure);
        }
    }

    internal void EnsureExists()
    {
        if (!File.Exists(Path))
        {
            throw new SourceUnavailableException(
                Name,
                Description,
                "there is no such file",
                new FileNotFoundException(message: null, Path)
            );
        }
    }
}
