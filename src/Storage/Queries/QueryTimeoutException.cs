using Tradepost.Storage.Failures;

namespace Tradepost.Storage.Queries;

/// <summary>A query was stopped because it took longer than <see cref="QueryLimits.Time"/>.</summary>
public sealed class QueryTimeoutException(TimeSpan limit, Exception inner)
    : ForeseenException(
        FailureKind.TooMuch,
        $"The query took longer than {limit.TotalSeconds:0.###} seconds and was stopped; ask for less, or raise the time limit.",
        inner
    )
{
    public TimeSpan Limit { get; } = limit;

    public override IReadOnlyDictionary<string, object>? AnswerDetails => DetailsOf(("field", "timeout"));
}
