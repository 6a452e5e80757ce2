using System.Data.Common;
using System.Text.Json.Nodes;
using Tradepost.Jobs.Rights;

namespace Tradepost.Jobs.Schedules;

/// <summary>Schedules as rows.</summary>
internal static class ScheduleRows
{
    public const string Columns =
        "name, job, arguments, cron, time_zone, misfire, overlap, is_paused, next_at, changed_by, changed_at, set_as";

    public static Schedule Read(DbDataReader row) =>
        new()
        {
            Name = row.GetString(0),
            Job = row.GetString(1),
            Arguments = JsonNode.Parse(row.GetString(2))!.AsObject(),
            Cron = row.GetString(3),
            TimeZone = row.GetString(4),
            Misfire = Enum.Parse<MisfirePolicy>(row.GetString(5)),
            Overlap = Enum.Parse<OverlapPolicy>(row.GetString(6)),
            IsPaused = row.GetBoolean(7),
            NextAt = row.IsDBNull(8) ? null : row.GetDateTime(8),
            ChangedBy = row.GetString(9),
            ChangedAt = row.GetDateTime(10),
            SetAs = Role(row.IsDBNull(11) ? null : row.GetString(11), row.GetString(9)),
        };

    // A schedule of before the column was there: users have e-mail addresses, accounts of the machine have none.
    private static AskerRole Role(string? name, string changedBy) =>
        name is not null ? Enum.Parse<AskerRole>(name, ignoreCase: true)
        : changedBy.Contains('@', StringComparison.Ordinal) ? AskerRole.Analyst
        : AskerRole.Operator;

    public static ScheduleFire ReadFire(DbDataReader row) =>
        new(
            row.GetString(0),
            row.GetDateTime(1),
            row.GetString(2),
            row.IsDBNull(3) ? null : row.GetGuid(3),
            row.IsDBNull(4) ? null : row.GetString(4)
        );
}
