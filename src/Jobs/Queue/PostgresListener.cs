using Microsoft.Extensions.Logging;
using Npgsql;
using Tradepost.Storage;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Retrying;

namespace Tradepost.Jobs.Queue;

/// <summary>Hears what other processes notify, and wakes this one. Without it everything still happens, at the next poll.</summary>
internal sealed partial class PostgresListener(JobHost host)
{
    private static readonly RetryPolicy Listening = RetryPolicy.Endless(TimeSpan.FromSeconds(1));

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            await Listening.RunAsync(
                "postgres.listen",
                ListenAsync,
                StoreFailure.IsOfStore,
                retry => LogDeaf(host.Logger, retry.Failure.Message),
                host.Time,
                cancellationToken
            );
        }
        catch (ConfigurationException e)
        {
            LogDeaf(host.Logger, e.Message); // a pooler alone keeps no session to listen on
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            // The clean stop.
        }
    }

    private async Task ListenAsync(CancellationToken cancellationToken)
    {
        await using var connection = (NpgsqlConnection)await host.Store.OpenSessionAsync(cancellationToken);
        connection.Notification += OnNotification;
        try
        {
            await connection.ExecuteAsync($"LISTEN {PostgresQueue.Channel}", null, cancellationToken);
            host.Signals.Work.Raise(); // what was notified before this is found by looking
            while (true)
            {
                await connection.WaitAsync(cancellationToken);
            }
        }
        finally
        {
            connection.Notification -= OnNotification;
        }
    }

    private void OnNotification(object sender, NpgsqlNotificationEventArgs e)
    {
        (e.Payload == PostgresQueue.CancelMessage ? host.Signals.Cancel : host.Signals.Work).Raise();
        host.Signals.News.Raise();
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "Notifications of the store are not heard; it is asked at intervals instead: {Reason}"
    )]
    private static partial void LogDeaf(ILogger logger, string reason);
}
