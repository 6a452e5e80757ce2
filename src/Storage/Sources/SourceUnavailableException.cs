using Tradepost.Storage.Failures;

namespace Tradepost.Storage.Sources;

/// <summary>A source cannot be reached or refuses the credentials.</summary>
public sealed class SourceUnavailableException(string source, string description, string reason, Exception inner)
    : ForeseenException(FailureKind.SourceUnavailable, $"Source {source} cannot be read at {description}: {reason}", inner)
{
    public string SourceName { get; } = source;

    public override IReadOnlyDictionary<string, object>? Details => DetailsOf(("source", SourceName));

    /// <summary>Whether trying again later may help: who refuses a login, or has no such database, will do so again.</summary>
    public bool IsPassing { get; } = !MySqlFailures.IsRefusal(inner);
}
