using Tradepost.Storage;

namespace Tradepost.App.Users.Auditing;

/// <summary>What happened to users and tokens; rows are added and never changed.</summary>
internal sealed class AuditLog(Store store, TimeProvider time)
{
    public async Task AddAsync(Origin origin, string action, string subject, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        await connection.ExecuteAsync(
            """
            INSERT INTO audit_log (id, happened_at, actor, action, subject, client, request_id)
            VALUES (@id, @now, @actor, @action, @subject, @client, @requestId)
            """,
            new { id = Guid.CreateVersion7(time.GetUtcNow()), now = time.UtcMoment(), actor = origin.Actor, action, subject, client = origin.Client, requestId = origin.RequestId },
            cancellationToken);
    }

    /// <summary>The newest entries before a time.</summary>
    public async Task<IReadOnlyList<AuditEntry>> ListAsync(DateTime before, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<Row>(
            "SELECT id, happened_at, actor, action, subject, client, request_id FROM audit_log WHERE happened_at < @before ORDER BY happened_at DESC, id DESC LIMIT @limit", new { before, limit }, cancellationToken);
        return [.. rows.Select(row => new AuditEntry(row.Id, row.Happened_At, row.Actor, row.Action, row.Subject, row.Client, row.Request_Id))];
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
