namespace Tradepost.Advertising.Events;

/// <summary>Something is no event: the field, and in a sentence what is wrong with it.</summary>
internal sealed class EventProblemException(string place, string message) : FormatException(message)
{
    /// <summary>The field, with its place in a batch.</summary>
    public string Field => place;
}
