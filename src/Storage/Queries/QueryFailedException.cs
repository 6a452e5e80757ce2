using Tradepost.Storage.Failures;

namespace Tradepost.Storage.Queries;

/// <summary>A query that was allowed is wrong, or met a value that it cannot compute with.</summary>
/// <param name="message">What the store says.</param>
/// <param name="position">The character of the query's text that it is about, counted from 1, where the store tells.</param>
/// <param name="inner">The store's own exception.</param>
public sealed class QueryFailedException(string message, int? position, Exception inner)
    : ForeseenException(FailureKind.WrongValue, message, inner)
{
    public int? Position { get; } = position;

    public override IReadOnlyDictionary<string, object>? Details => DetailsOf(("position", Position));

    public override IReadOnlyDictionary<string, object>? AnswerDetails => DetailsOf(("field", "sql"), ("position", Position));
}
