using System.Globalization;
using Quartz;
using Tradepost.Arguments;
using Tradepost.Storage;

namespace Tradepost.Jobs.Schedules;

/// <summary>The times that a cron expression names in a time zone.</summary>
internal sealed class CronTimes
{
    private const int Fields = 5;
    private const int LastMinute = 59;

    private readonly CronExpression expression;

    private CronTimes(CronExpression expression) => this.expression = expression;

    /// <summary>Reads a cron expression of five fields.</summary>
    /// <exception cref="WrongArgumentException">The expression or the zone cannot be read, or it names no time at all.</exception>
    public static CronTimes Parse(string cron, string timeZone, DateTime now)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone))
        {
            throw new WrongArgumentException("time_zone", $"time_zone is \"{timeZone}\"; expected is a name such as UTC or Europe/Paris.");
        }

        try
        {
            var fields = cron.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            if (fields.Length != Fields)
            {
                throw new FormatException("it does not have five fields");
            }

            // The library takes 99 for a mark of its own and reads it as every minute.
            if (
                fields[0]
                    .Split('*', ',', '-', '/')
                    .Any(part => int.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var minute) && minute > LastMinute)
            )
            {
                throw new FormatException("its minutes go from 0 to 59");
            }

            var times = new CronTimes(CronExpression.Parse(cron, CronFormat.Unix).WithTimeZone(zone));
            return times.After(now) is null ? throw new FormatException("it names no time that will ever come") : times;
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new WrongArgumentException(
                "cron",
                $"cron is \"{cron}\", and {e.Message.Trim().TrimEnd('.')}; expected are minute, hour, day of the month, month and day of "
                    + "the week, such as \"0 2 * * *\"."
            );
        }
    }

    /// <summary>The first time after a moment, both UTC.</summary>
    public DateTime? After(DateTime moment) =>
        expression.GetNextValidTimeAfter(new DateTimeOffset(moment, TimeSpan.Zero)) is { } next ? next.UtcMoment() : null;

    /// <summary>The last time up to a moment, from one that is known to be due.</summary>
    public DateTime LastUpTo(DateTime moment, DateTime due)
    {
        while (After(due) is { } next && next <= moment)
        {
            due = next;
        }

        return due;
    }
}
