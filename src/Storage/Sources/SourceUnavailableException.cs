namespace Tradepost.Storage.Sources;

/// <summary>A source cannot be reached or refuses the credentials: trying again later may help.</summary>
public sealed class SourceUnavailableException(string source, string description, string reason, Exception inner)
    : Exception($"Source {source} cannot be read at {description}: {reason}", inner)
{
    public string SourceName { get; } = source;
}
