using System.Data.Common;
using Npgsql;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Dialects;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Notes;
using Tradepost.Storage.Queries.Server;
using Tradepost.Storage.Retrying;
using Tradepost.Storage.Sources;
using Tradepost.Storage.Tables;

namespace Tradepost.Storage;

/// <summary>Tables in PostgreSQL. Connections are pooled; opening one is tried again while the server wakes up or restarts.</summary>
public sealed class PostgresStore : Store
{
    private static readonly RetryPolicy Opening = new(5, TimeSpan.FromMilliseconds(300), TimeSpan.FromSeconds(3)) { Jitter = 2.0 / 3 };

    private readonly PostgresUrl url;
    private readonly TimeProvider time;
    private readonly NpgsqlDataSource pooled;
    private readonly NpgsqlDataSource? session;
    private readonly Lazy<NpgsqlDataSource> apart;

    public PostgresStore(PostgresTarget target, TimeProvider time)
    {
        this.time = time;
        Target = target;
        Queries = new QueryConnections(this);
        url = target.Url;
        pooled = target.Url.CreateDataSource();
        apart = new Lazy<NpgsqlDataSource>(target.Url.WithPoolSize(1).CreateDataSource);
        session = target switch
        {
            { Direct: { } direct } => direct.CreateDataSource(),
            { Url.IsPooler: true } => null,
            _ => pooled,
        };
    }

    internal PostgresTarget Target { get; }

    /// <summary>Connections for queries that others write.</summary>
    internal QueryConnections Queries { get; }

    public override Dialect Dialect { get; } = new PostgresDialect();

    public override StoreTraits Traits { get; } =
        new()
        {
            IsShared = true,
            UsesOurMemory = false,
            ReadsAtOnce = 16,
            RowsPerCommit = 200_000,
            WritesParquet = false,
            HasPartitions = true,
            UsesIndexes = true,
            InsertsOnOneCore = true,
            PartsOfLargeSum = 2,
        };

    public override Store Secrets => this;

    public override string? File => null;

    public override TableNotes? Notes => null;

    public override string Description => url.Description;

    public override async Task<DbConnection> OpenAsync(CancellationToken cancellationToken) => await OpenAsync(pooled, cancellationToken);

    public override async Task<DbConnection> OpenSessionAsync(CancellationToken cancellationToken) =>
        await OpenAsync(session ?? throw NoSession(), cancellationToken);

    public override async Task<DbConnection> OpenApartAsync(CancellationToken cancellationToken) =>
        await OpenAsync(apart.Value, cancellationToken);

    public override void NoteUnkeepable(RowBatch batch) => PostgresLimits.Note(batch);

    public override async Task<BulkWriter> BeginBulkWriteAsync(
        DbConnection connection,
        string table,
        IReadOnlyList<Column> columns,
        CancellationToken cancellationToken
    )
    {
        return connection is NpgsqlConnection postgres
            ? await PostgresBulkWriter.BeginAsync(postgres, table, columns, cancellationToken)
            : throw new ArgumentException($"A {connection.GetType().Name} is not a connection of {Description}.", nameof(connection));
    }

    public override Task<BulkWriter> BeginWideWriteAsync(
        DbConnection connection,
        string table,
        IReadOnlyList<Column> columns,
        CancellationToken cancellationToken
    ) => BeginBulkWriteAsync(connection, table, columns, cancellationToken);

    public override Task<SourceSnapshot> OpenSnapshotAsync(Source source, TimeProvider clock, CancellationToken cancellationToken) =>
        source.OpenSnapshotAsync(cancellationToken);

    public override Task<string?> WriteCountsAsync(
        DbConnection connection,
        IReadOnlyList<string> tables,
        CancellationToken cancellationToken
    ) => PostgresTables.WriteCountsAsync(connection, tables, cancellationToken);

    public override Task FlushWriteCountsAsync(DbConnection connection, CancellationToken cancellationToken) =>
        PostgresTables.FlushWriteCountsAsync(connection, cancellationToken);

    public override Task<bool> MustStayAsync(
        DbConnection connection,
        string table,
        string replacement,
        string ownIndexes,
        CancellationToken cancellationToken
    ) => PostgresTables.MustStayAsync(connection, table, replacement, ownIndexes, cancellationToken);

    /// <summary>A table with indexes of others stays, so there are none to make again.</summary>
    public override Task<IReadOnlyList<string>> IndexesOfAsync(
        DbConnection connection,
        string table,
        CancellationToken cancellationToken
    ) => Task.FromResult<IReadOnlyList<string>>([]);

    public override async Task<StoreRights?> RightsAsync(CancellationToken cancellationToken) =>
        await StoreRights.OfAsync(this, cancellationToken);

    public override async Task<bool> HasQueryLoginAsync(CancellationToken cancellationToken)
    {
        await using var connection = await OpenAsync(cancellationToken);
        return Target.Queries is not null || await QueryLogin.FindAsync(connection, cancellationToken) is not null;
    }

    public override Task<string?> EnsureQueryLoginAsync(IReadOnlyCollection<string> hiddenTables, CancellationToken cancellationToken) =>
        QueryLogin.EnsureAsync(this, hiddenTables, cancellationToken);

    public override async Task<IAsyncDisposable?> TryLockAsync(string name, CancellationToken cancellationToken)
    {
        var connection = await OpenAsync(session ?? throw NoSession(), cancellationToken);
        var key = PostgresLock.KeyOf(name);
        try
        {
            await using var command = new NpgsqlCommand("SELECT pg_try_advisory_lock($1)", connection)
            {
                Parameters = { new() { Value = key } },
            };
            if (await command.ExecuteScalarAsync(cancellationToken) is true)
            {
                var taken = new PostgresLock(connection, key);
                connection = null;
                return taken;
            }

            return null;
        }
        finally
        {
            if (connection is not null)
            {
                await connection.DisposeAsync();
            }
        }
    }

    public override async ValueTask DisposeAsync()
    {
        await Queries.DisposeAsync();
        await pooled.DisposeAsync();
        if (session is not null)
        {
            await session.DisposeAsync();
        }

        if (apart.IsValueCreated)
        {
            await apart.Value.DisposeAsync();
        }
    }

    private async Task<NpgsqlConnection> OpenAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        try
        {
            var connection = await Opening.RunAsync(
                "postgres.open",
                async token => await source.OpenConnectionAsync(token),
                PostgresFailures.IsPassing,
                onRetry: null,
                time,
                cancellationToken
            );
            StorageMetrics.OnOpened(Dialect, time.GetElapsedTime(started));
            return connection;
        }
        catch (NpgsqlException e) when (PostgresFailures.IsOfCertificate(e))
        {
            StorageMetrics.OnNotOpened(Dialect);
            throw await PostgresFailures.OfCertificateAsync(url, e, cancellationToken);
        }
        catch (NpgsqlException e) when (e.IsTransient)
        {
            StorageMetrics.OnNotOpened(Dialect);
            var seconds = time.GetElapsedTime(started).TotalSeconds;
            throw new StoreUnavailableException(
                $"{Description} could not be reached in {Opening.MaxAttempts} tries over {seconds:0.0} seconds: "
                    + $"{PostgresFailures.ReasonOf(e)}",
                e
            );
        }
    }

    private ConfigurationException NoSession() =>
        new(
            SettingNames.DatabaseUrlDirect,
            $"is not set, and {url.Host} is a connection pooler, which keeps no session for locks, migrations and bulk loads; set it to "
                + "the address of the same database past the pooler."
        );
}
