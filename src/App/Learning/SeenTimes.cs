using System.Globalization;
using Tradepost.Learning.Forecasting;

namespace Tradepost.App.Learning;

/// <summary>
/// The hours, weekdays and months in which a history has values at all. A model knows nothing of the others: its seasons are free there and
/// give anything.
/// </summary>
internal sealed class SeenTimes
{
    private const int DaysForHours = 2;
    private const int DaysForWeekdays = 14;
    private const int DaysForMonths = 730;
    private const int MostTries = 1000;

    private readonly Frequency frequency;
    private readonly DateTime last;
    private readonly HashSet<long> slots = [];
    private readonly HashSet<DayOfWeek> weekdays = [];
    private readonly HashSet<int> months = [];
    private readonly TimeSpan slot;
    private int passed;

    public SeenTimes(TimeSeries history, Frequency frequency)
    {
        this.frequency = frequency;
        last = history.Times.Max();
        slot = TimeSpan.TicksPerDay % frequency.Step.Ticks == 0 ? frequency.Step : TimeSpan.FromHours(1);
        var known = history.Times.Where((_, row) => !double.IsNaN(history.Values![row])).ToList();
        var days = known.Count == 0 ? 0 : (known.Max() - known.Min()).TotalDays;
        foreach (var time in known)
        {
            _ = days >= DaysForHours && frequency.Step < TimeSpan.FromDays(1) && slots.Add(SlotOf(time));
            _ = days >= DaysForWeekdays && frequency.Step <= TimeSpan.FromDays(1) && weekdays.Add(time.DayOfWeek);
            _ = days >= DaysForMonths && months.Add(time.Month);
        }
    }

    /// <summary>The next times.</summary>
    /// <param name="mayPass">Whether hours and weekdays that the history never has are passed over.</param>
    public DateTime[] After(int count, bool mayPass)
    {
        var times = new List<DateTime>();
        for (var step = 1; times.Count < count && step <= (long)count * MostTries; step++)
        {
            var time = frequency.Move(last, step);
            if (!mayPass || HasClock(time))
            {
                times.Add(time);
            }
            else
            {
                passed++;
            }
        }

        return times.Count == count ? [.. times] : frequency.After(last, count);
    }

    /// <summary>What to say about the times of a forecast.</summary>
    /// <param name="times">The times.</param>
    /// <param name="option">What asks for others: <c>--frequency</c>.</param>
    public IEnumerable<string> Notices(DateTime[] times, string option)
    {
        var hours = slots.Count == 0 ? 0 : times.Count(time => !slots.Contains(SlotOf(time)));
        var days = weekdays.Count == 0 ? 0 : times.Count(time => !weekdays.Contains(time.DayOfWeek));
        var unseenMonths = months.Count == 0 ? 0 : times.Count(time => !months.Contains(time.Month));
        if (passed > 0)
        {
            yield return $"The history has values only {Kept()}, and so has the forecast; {option} asks for every step.";
        }

        if (hours > 0)
        {
            yield return Guess(hours, $"hours at which the history never has a value (it has them {Hours()})");
        }

        if (days > 0)
        {
            yield return Guess(days, $"weekdays on which the history never has a value ({Weekdays(one => !weekdays.Contains(one))})");
        }

        if (unseenMonths > 0)
        {
            yield return Guess(unseenMonths, $"months in which the history never has a value ({Months()})");
        }
    }

    private static string Guess(int rows, string what) => $"{rows} of the forecast's rows are at {what}: the model knows nothing of them.";

    private bool HasClock(DateTime time) =>
        (slots.Count == 0 || slots.Contains(SlotOf(time))) && (weekdays.Count == 0 || weekdays.Contains(time.DayOfWeek));

    private long SlotOf(DateTime time) => time.TimeOfDay.Ticks / slot.Ticks;

    private string Kept() =>
        string.Join(
            ", ",
            [
                .. weekdays.Count is > 0 and < 7 ? [$"on {Weekdays(weekdays.Contains)}"] : (string[])[],
                .. slots.Count > 0 && slots.Count < TimeSpan.TicksPerDay / slot.Ticks ? [Hours()] : (string[])[],
            ]
        );

    private string Hours()
    {
        var (least, greatest) = (TimeSpan.FromTicks(slots.Min() * slot.Ticks), TimeSpan.FromTicks(slots.Max() * slot.Ticks));
        return $"between {least:hh\\:mm} and {greatest:hh\\:mm}{(slots.Count < slots.Max() - slots.Min() + 1 ? ", not all of them" : "")}";
    }

    private static string Weekdays(Func<DayOfWeek, bool> which) =>
        string.Join(", ", Enumerable.Range(1, 7).Select(day => (DayOfWeek)(day % 7)).Where(which));

    private string Months() =>
        string.Join(
            ", ",
            Enumerable.Range(1, 12).Where(month => !months.Contains(month)).Select(CultureInfo.InvariantCulture.DateTimeFormat.GetMonthName)
        );
}
