using Tradepost.Arguments;
using Tradepost.Storage.Failures;

namespace Tradepost.Jobs.Schedules;

/// <summary>No schedule has this name.</summary>
public sealed class UnknownScheduleException(string name, IReadOnlyList<string> names)
    : ForeseenException(
        FailureKind.NotFound,
        $"There is no schedule \"{name}\". "
            + $"{(Spelling.FindNearest(name, names) is { } nearest ? $"Did you mean {nearest}?" : names.Count == 0 ? "There are none." : $"There are {string.Join(", ", names)}.")}"
    )
{
    public string Name { get; } = name;
}
