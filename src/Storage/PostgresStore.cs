using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using Npgsql;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Dialects;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Queries.Server;
using Tradepost.Storage.Tables;

namespace Tradepost.Storage;

/// <summary>Tables in PostgreSQL. Connections are pooled; opening one is tried again while the server wakes up or restarts.</summary>
public sealed class PostgresStore : Store
{
    private const int Tries = 5;

    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);

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
        pooled = NpgsqlDataSource.Create(target.Url.ConnectionString.Reveal());
        apart = new Lazy<NpgsqlDataSource>(() => NpgsqlDataSource.Create(target.Url.WithPoolSize(1).ConnectionString.Reveal()));
        session = target switch
        {
            { Direct: { } direct } => NpgsqlDataSource.Create(direct.ConnectionString.Reveal()),
            { Url.IsPooler: true } => null,
            _ => pooled,
        };
    }

    internal PostgresTarget Target { get; }

    /// <summary>Connections for queries that others write.</summary>
    internal QueryConnections Queries { get; }

    public override Dialect Dialect { get; } = new PostgresDialect();

    public override Store Secrets => this;

    public override string Description => url.Description;

    public override async Task<DbConnection> OpenAsync(CancellationToken cancellationToken) =>
        await OpenAsync(pooled, cancellationToken);

    public override async Task<DbConnection> OpenSessionAsync(CancellationToken cancellationToken) =>
        await OpenAsync(session ?? throw NoSession(), cancellationToken);

    public override async Task<DbConnection> OpenApartAsync(CancellationToken cancellationToken) =>
        await OpenAsync(apart.Value, cancellationToken);

    public override void NoteUnkeepable(RowBatch batch) => PostgresLimits.Note(batch);

    public override async Task<BulkWriter> BeginBulkWriteAsync(
        DbConnection connection, string table, IReadOnlyList<Column> columns, CancellationToken cancellationToken)
    {
        return connection is NpgsqlConnection postgres
            ? await PostgresBulkWriter.BeginAsync(postgres, table, columns, cancellationToken)
            : throw new ArgumentException($"A {connection.GetType().Name} is not a connection of {Description}.", nameof(connection));
    }

    public override async Task<IAsyncDisposable?> TryLockAsync(string name, CancellationToken cancellationToken)
    {
        var connection = await OpenAsync(session ?? throw NoSession(), cancellationToken);
        var key = PostgresLock.KeyOf(name);
        try
        {
            await using var command = new NpgsqlCommand("SELECT pg_try_advisory_lock($1)", connection) { Parameters = { new() { Value = key } } };
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
        var pause = FirstPause;
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var connection = await source.OpenConnectionAsync(cancellationToken);
                StorageMetrics.OnOpened(Dialect, time.GetElapsedTime(started));
                return connection;
            }
            catch (NpgsqlException e) when (e.IsTransient && attempt < Tries)
            {
                // Between half and one and a half of the pause, so that many processes do not come back in step.
                await Task.Delay(pause * (0.5 + (RandomNumberGenerator.GetInt32(1000) / 1000.0)), time, cancellationToken);
                pause *= 2;
            }
            catch (NpgsqlException e) when (e.IsTransient)
            {
                StorageMetrics.OnNotOpened(Dialect);
                var seconds = time.GetElapsedTime(started).TotalSeconds;
                throw new StoreUnavailableException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"{Description} could not be reached in {attempt} tries over {seconds:0.0} seconds: {e.Message} Check that the server runs and that {SettingNames.DatabaseUrl} names it."),
                    e);
            }
        }
    }

    private ConfigurationException NoSession() => new(
        SettingNames.DatabaseUrlDirect,
        $"is not set, and {url.Host} is a connection pooler, which keeps no session for locks, migrations and bulk loads; set it to the address of the same database without \"-pooler\" in its host.");
}
