namespace Tradepost.Streams.Topics;

/// <summary>What topics and groups may be called: what Kafka and file systems both take.</summary>
internal static class TopicNames
{
    private const int Longest = 200;

    public static string Check(string name) =>
        name.Length is > 0 and <= Longest
        && name.Trim('.').Length > 0
        && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '.' or '-' or '_')
            ? name
            : throw new ArgumentException(
                $"\"{name}\" cannot be the name of a topic or group; allowed are up to {Longest} letters, digits, dots, hyphens and "
                    + "underscores.",
                nameof(name)
            );
}
