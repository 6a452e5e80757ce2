using System.Data.Common;
using Npgsql;
using Tradepost.Storage.Connections;

namespace Tradepost.Storage.Queries.Server;

/// <summary>Connections that queries run on: with their own login where there is one, else with the store's.</summary>
internal sealed class QueryConnections(PostgresStore store) : IAsyncDisposable
{
    /// <summary>A statement that does not answer a cancellation is given up with its connection.</summary>
    private const int PatienceMilliseconds = 500;

    private readonly SemaphoreSlim finding = new(1);
    private NpgsqlDataSource? own;

    /// <summary>The connection, and whether its login is the one for queries.</summary>
    public async Task<(NpgsqlConnection Connection, bool IsOwnLogin)> OpenAsync(DbConnection known, CancellationToken cancellationToken)
    {
        for (var isFirst = true; ; isFirst = false)
        {
            if (await FindAsync(known, cancellationToken) is not { } source)
            {
                return ((NpgsqlConnection)await store.OpenAsync(cancellationToken), false);
            }

            try
            {
                return (await source.OpenConnectionAsync(cancellationToken), true);
            }
            catch (PostgresException e)
                when (e.SqlState is PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification)
            {
                if (!isFirst || store.Target.Queries is not null)
                {
                    throw new QueryRefusedException(
                        $"The login for queries cannot sign in to the store ({e.MessageText}); run `tradepost db setup`.",
                        e
                    );
                }

                await ForgetAsync(source); // somebody has given it another password since
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        finding.Dispose();
        if (own is not null)
        {
            await own.DisposeAsync();
        }
    }

    private async Task ForgetAsync(NpgsqlDataSource source)
    {
        if (Interlocked.CompareExchange(ref own, null, source) == source)
        {
            await source.DisposeAsync();
        }
    }

    private async Task<NpgsqlDataSource?> FindAsync(DbConnection known, CancellationToken cancellationToken)
    {
        await finding.WaitAsync(cancellationToken);
        try
        {
            var url = own is not null
                ? null
                : store.Target.Queries
                    ?? (
                        await QueryLogin.FindAsync(known, cancellationToken) is { } login
                            ? store.Target.Url.WithUser(login.User, login.Password)
                            : null
                    );
            return own ??= url is null ? null : Patient(url).CreateDataSource();
        }
        finally
        {
            finding.Release();
        }
    }

    private static PostgresUrl Patient(PostgresUrl url) =>
        url.With(settings =>
            (settings.CancellationTimeout, settings.MinPoolSize, settings.ApplicationName) = (PatienceMilliseconds, 0, "tradepost queries")
        );
}
