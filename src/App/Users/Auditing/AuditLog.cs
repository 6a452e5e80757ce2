using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Tradepost.Jobs;
using Tradepost.Serving.Callers;
using Tradepost.Storage;

namespace Tradepost.App.Users.Auditing;

/// <summary>What happened to users and tokens; rows are added and never changed.</summary>
internal sealed partial class AuditLog(Store store, TimeProvider time, ILogger<AuditLog>? logger = null) : IAudit, IAsyncDisposable
{
    private readonly Lock gate = new();
    private Task last = Task.CompletedTask;

    public Task AddAsync(HttpContext context, string action, string subject, CancellationToken cancellationToken) =>
        AddAsync(Origin.Of(context), action, subject, cancellationToken);

    public Task AddAsync(Origin origin, string action, string subject, CancellationToken cancellationToken) =>
        AddAsync(origin, action, subject, time.GetUtcNow(), cancellationToken);

    /// <summary>
    /// Adds a row behind the caller's back, who must not wait: how long an answer takes would tell whether there is a subject.
    /// </summary>
    public void AddLater(Origin origin, string action, string subject)
    {
        lock (gate)
        {
            last = AfterAsync(last, origin, action, subject, time.GetUtcNow());
        }
    }

    public async ValueTask DisposeAsync() => await Written();

    private Task Written()
    {
        lock (gate)
        {
            return last;
        }
    }

    private async Task AfterAsync(Task before, Origin origin, string action, string subject, DateTimeOffset at)
    {
        await Task.Yield();
        await before;
        try
        {
            await AddAsync(origin, action, subject, at, CancellationToken.None);
        }
        catch (Exception e) when (StoreFailure.IsOfStore(e))
        {
            LogNotAdded(action, subject, origin.Client, e.Message);
        }
    }

    private async Task AddAsync(Origin origin, string action, string subject, DateTimeOffset at, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        await connection.ExecuteAsync(
            """
            INSERT INTO audit_log (id, happened_at, actor, action, subject, client, request_id)
            VALUES (@id, @now, @actor, @action, @subject, @client, @requestId)
            """,
            new
            {
                id = Guid.CreateVersion7(at),
                now = at.UtcMoment(),
                actor = origin.Actor,
                action,
                subject,
                client = origin.Client,
                requestId = origin.RequestId,
            },
            cancellationToken
        );
    }

    /// <summary>The newest entries before a time.</summary>
    public async Task<IReadOnlyList<AuditEntry>> ListAsync(DateTime before, int limit, CancellationToken cancellationToken)
    {
        await Written();
        await using var connection = await store.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(
            "SELECT id, happened_at, actor, action, subject, client, request_id FROM audit_log WHERE happened_at < @before ORDER BY "
                + "happened_at DESC, id DESC LIMIT @limit",
            new { before, limit },
            cancellationToken
        );
        return
        [
            .. rows.Select(row => new AuditEntry(row.Id, row.Happened_At, row.Actor, row.Action, row.Subject, row.Client, row.Request_Id)),
        ];
    }

    [LoggerMessage(LogLevel.Error, "The audit log lacks {Action} of {Subject} from {Client}: {Reason}")]
    private static partial void LogNotAdded(ILogger logger, string action, string subject, string client, string reason);

    private void LogNotAdded(string action, string subject, string client, string reason)
    {
        if (logger is not null)
        {
            LogNotAdded(logger, action, subject, client, reason);
        }
    }

    private sealed class Row
    {
        public Guid Id { get; set; }

        public DateTime Happened_At { get; set; }

        public string Actor { get; set; } = "";

        public string Action { get; set; } = "";

        public string Subject { get; set; } = "";

        public string Client { get; set; } = "";

        public string Request_Id { get; set; } = "";
    }
}

/// <summary>Something that matters to security.</summary>
/// <param name="Id">Grows with time.</param>
/// <param name="At">In UTC.</param>
/// <param name="Actor">The e-mail of who did it; <c>command line</c> for who works on the machine itself.</param>
/// <param name="Action">What was done, such as <c>user.added</c>.</param>
/// <param name="Subject">To whom or what.</param>
/// <param name="Client">The address it came from.</param>
/// <param name="RequestId">The request in the server's log.</param>
internal sealed record AuditEntry(Guid Id, DateTime At, string Actor, string Action, string Subject, string Client, string RequestId);
