using System.Globalization;
using Tradepost.Storage;
using Tradepost.Streams.Topics;

namespace Tradepost.Streams.Drains;

/// <summary>The file beside a log that says how far it is published.</summary>
internal sealed class TopicPosition(string logFolder, DurableLog log)
{
    private readonly string path = Path.TrimEndingDirectorySeparator(logFolder) + ".topics";

    /// <summary>The position to publish from.</summary>
    /// <exception cref="TopicException">More of the log was published than is in it.</exception>
    public long Read()
    {
        if (!File.Exists(path) || File.ReadAllText(path).Split(' ') is not [var identity, var text] || identity != log.Identity.ToString())
        {
            return log.First;
        }

        var position = long.Parse(text, CultureInfo.InvariantCulture);
        return position <= log.Next
            ? Math.Max(position, log.First)
            : throw new TopicException(
                $"More of the log in {logFolder} was published than is in it ({position:N0} records, not {log.Next:N0}), as when a "
                    + "folder was restored from a copy; begin a new one."
            );
    }

    public void Write(long position) => SafeFile.Replace(path, $"{log.Identity} {position}");
}
