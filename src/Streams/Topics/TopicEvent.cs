namespace Tradepost.Streams.Topics;

/// <summary>What is published.</summary>
/// <param name="Key">Events of one key keep their order; null where it does not matter.</param>
/// <param name="Content">At most about a megabyte.</param>
/// <param name="Headers">Names and values beside the content.</param>
public sealed record TopicEvent(string? Key, ReadOnlyMemory<byte> Content, IReadOnlyList<KeyValuePair<string, string>> Headers)
{
    /// <summary>An event without headers.</summary>
    public TopicEvent(string? key, ReadOnlyMemory<byte> content)
        : this(key, content, []) { }
}
