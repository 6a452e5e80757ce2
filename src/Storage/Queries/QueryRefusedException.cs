using Tradepost.Storage.Failures;

namespace Tradepost.Storage.Queries;

/// <summary>
/// A text is not one statement that only reads what a query may read; the message says in one sentence what is not allowed.
/// </summary>
public sealed class QueryRefusedException(string message, Exception? inner = null)
    : ForeseenException(FailureKind.WrongValue, message, inner)
{
    public override IReadOnlyDictionary<string, object>? AnswerDetails => DetailsOf(("field", "sql"));
}
