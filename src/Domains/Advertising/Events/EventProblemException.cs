using Tradepost.Storage.Failures;

namespace Tradepost.Advertising.Events;

/// <summary>Something is no event: the field, and in a sentence what is wrong with it.</summary>
internal sealed class EventProblemException(string place, string message) : ForeseenException(FailureKind.WrongValue, message)
{
    /// <summary>The field, with its place in a batch.</summary>
    public string Field => place;
}
