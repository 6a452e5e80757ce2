using Tradepost.Serving.Errors;

namespace Tradepost.Trading.Candles;

/// <summary>The stretch of time that a request asks for.</summary>
internal static class AskedTimes
{
    /// <summary>A year with a leap day.</summary>
    public const int MostDays = 366;

    /// <summary>Both ends, when they are there and in order.</summary>
    /// <exception cref="ApiException">422: one is missing, they are the wrong way round, or too far apart.</exception>
    public static (DateTime From, DateTime To) Check(DateTime? from, DateTime? to)
    {
        if (from is not { } first || to is not { } last)
        {
            var field = from is null ? "from_time" : "to_time";
            throw ApiException.Invalid(field, $"{field} is missing; expected is a moment in UTC such as 2026-01-31T12:00.");
        }

        if (first > last)
        {
            throw ApiException.Invalid(
                "from_time",
                $"from_time is {first:yyyy-MM-ddTHH:mm:ss} and to_time {last:yyyy-MM-ddTHH:mm:ss}; expected is a from_time no later than to_time."
            );
        }

        return last - first > TimeSpan.FromDays(MostDays)
            ? throw ApiException.Invalid(
                "to_time",
                $"from_time and to_time are {(last - first).TotalDays:0.#} days apart; allowed are at most {MostDays}."
            )
            : (first, last);
    }
}
