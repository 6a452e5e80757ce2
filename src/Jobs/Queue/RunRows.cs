using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tradepost.Jobs.Rights;
using Tradepost.Jobs.Runs;

namespace Tradepost.Jobs.Queue;

/// <summary>Runs as rows.</summary>
internal static class RunRows
{
    public const string Columns = """
        id, job, state, arguments, asked_by, asked_how, parent_id, attempt, max_attempts, timeout_seconds, concurrency_key, queued_at,
        due_at,
        started_at, finished_at, cancel_asked_at, cancel_asked_by, step, done, total, result, error, error_kind, worker, fence,
        idempotency_key,
        asked_as
        """;

    public static Claim ReadClaim(DbDataReader row) => new(Read(row), row.GetInt64(24));

    public static Run Read(DbDataReader row) =>
        new()
        {
            Id = row.GetGuid(0),
            Job = row.GetString(1),
            State = State(row.GetString(2)),
            Arguments = JsonNode.Parse(row.GetString(3))!.AsObject(),
            AskedBy = row.GetString(4),
            AskedHow = Enum.Parse<AskedHow>(row.GetString(5), ignoreCase: true),
            AskedAs = Role(Text(row, 26), row.GetString(5)),
            ParentId = Value<Guid>(row, 6),
            Attempt = row.GetInt32(7),
            MaxAttempts = row.GetInt32(8),
            TimeoutSeconds = row.GetDouble(9),
            ConcurrencyKey = Text(row, 10),
            QueuedAt = row.GetDateTime(11),
            DueAt = row.GetDateTime(12),
            StartedAt = Value<DateTime>(row, 13),
            FinishedAt = Value<DateTime>(row, 14),
            CancelAskedAt = Value<DateTime>(row, 15),
            CancelAskedBy = Text(row, 16),
            Progress = Text(row, 17) is { } step ? new RunProgress(step, Value<long>(row, 18), Value<long>(row, 19)) : null,
            Result = Text(row, 20) is { } result ? JsonNode.Parse(result) : null,
            Error = Text(row, 21),
            ErrorKind = Text(row, 22),
            IdempotencyKey = Text(row, 25),
            Worker = Text(row, 23) is { } worker ? ProcessIdentity.Show(worker) : null,
        };

    public static string Name(RunState state) => JsonNamingPolicy.SnakeCaseLower.ConvertName(state.ToString());

    private static RunState State(string name) => name == "timed_out" ? RunState.TimedOut : Enum.Parse<RunState>(name, ignoreCase: true);

    // A run of before the column was there: who was at the machine stood in the other.
    private static AskerRole Role(string? name, string how) =>
        name is not null ? Enum.Parse<AskerRole>(name, ignoreCase: true)
        : how == "cli" ? AskerRole.Operator
        : AskerRole.Analyst;

    private static string? Text(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static T? Value<T>(DbDataReader row, int column)
        where T : struct => row.IsDBNull(column) ? null : row.GetFieldValue<T>(column);
}
