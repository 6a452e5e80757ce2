using Tradepost.Storage.Dialects;

namespace Tradepost.Advertising.Events;

/// <summary>The one definition of what events add up to, for every store.</summary>
internal static class EventSums
{
    /// <summary>The query for the sums of events by person, campaign and day.</summary>
    /// <param name="day">The day of an event, as the store writes it.</param>
    /// <param name="events">The events.</param>
    /// <param name="integer">The store's whole numbers of 64 bits.</param>
    public static string Of(string day, string events, string integer) =>
        SqlScript
            .Load(typeof(EventSums).Assembly, "Events/Counting/sums.sql")
            .For(
                new PostgresDialect(), // nothing of it is a store's
                new Dictionary<string, Func<string, string>>
                {
                    ["day"] = _ => day,
                    ["events"] = _ => events,
                    ["integer"] = _ => integer,
                }
            )
            .TrimEnd();
}
