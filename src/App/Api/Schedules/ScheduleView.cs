using Tradepost.Jobs.Schedules;

namespace Tradepost.App.Api.Schedules;

/// <summary>A schedule, the times it comes to next and what became of the last ones.</summary>
internal sealed record ScheduleView(Schedule Schedule, IReadOnlyList<DateTime> NextTimes, IReadOnlyList<ScheduleFire> LastTimes);
