using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Tradepost.Learning.Forecasting;

namespace Tradepost.Training.Backtests;

/// <summary>A value for each day from one on, without gaps.</summary>
/// <param name="From">The first day.</param>
/// <param name="Values">One for each day, in the units of what is forecast.</param>
public sealed record DailySeries(DateOnly From, double[] Values)
{
    /// <summary>The length of a week in days.</summary>
    public const int Week = 7;

    /// <summary>The day behind the last one.</summary>
    public DateOnly Until => From.AddDays(Values.Length);

    /// <summary>As the library takes it.</summary>
    public TimeSeries Series =>
        new()
        {
            Times = [.. Enumerable.Range(0, Values.Length).Select(i => From.AddDays(i).ToDateTime(TimeOnly.MinValue))],
            Values = Values,
        };

    /// <summary>The same for the same days and values.</summary>
    public string Fingerprint =>
        Convert.ToHexStringLower(SHA256.HashData([.. BitConverter.GetBytes(From.DayNumber), .. MemoryMarshal.AsBytes(Values.AsSpan())]));

    /// <summary>What came, by the first moment of each day.</summary>
    public IReadOnlyList<KeyValuePair<DateTime, double>> Days() =>
        [.. Values.Select((value, i) => KeyValuePair.Create(From.AddDays(i).ToDateTime(TimeOnly.MinValue), value))];

    /// <summary>The sums of whole weeks from Monday to Sunday, by their first moment.</summary>
    public IReadOnlyList<KeyValuePair<DateTime, double>> Weeks() =>
        [
            .. Days()
                .SkipWhile(day => day.Key.DayOfWeek != DayOfWeek.Monday)
                .Chunk(Week)
                .Where(week => week.Length == Week)
                .Select(week => KeyValuePair.Create(week[0].Key, week.Sum(day => day.Value))),
        ];
}
