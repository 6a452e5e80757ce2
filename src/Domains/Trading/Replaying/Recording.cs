using System.Text;
using Tradepost.Trading.Exchanges;
using Tradepost.Trading.Tapes;

namespace Tradepost.Trading.Replaying;

/// <summary>
/// What an exchange sent, from a file: a capture (local time in nanoseconds, a blank, the frame, line by line) or quotes in Tardis's
/// columns, which become frames again. Both may be compressed by gzip.
/// </summary>
internal abstract class Recording
{
    /// <summary>What it holds.</summary>
    public abstract RecordingSummary Summary { get; }

    /// <summary>The frames, read from the file each time they are gone through.</summary>
    /// <exception cref="RecordingException">The file is not one, or no longer; the message says in which line.</exception>
    public abstract IEnumerable<RecordedFrame> Frames { get; }

    /// <summary>Goes through the whole file.</summary>
    /// <param name="exchange">Whose frames they are; of quotes, in whose form they are served.</param>
    /// <exception cref="RecordingException">It is missing, holds nothing, or is not such a file.</exception>
    public static Recording Open(string path, Exchange exchange) =>
        IsTape(path) ? new TapeRecording(path, exchange) : new CaptureRecording(path, exchange);

    /// <summary>Whether the file has quotes in columns rather than frames.</summary>
    /// <exception cref="RecordingException">It is missing or empty.</exception>
    public static bool IsTape(string path)
    {
        try
        {
            using var reader = TapeFile.Of(path).Read();
            return reader.TryRead(out var first)
                ? TapeHeader.Recognise(first).Kind == TapeKind.Quotes
                : throw new RecordingException($"{path} is empty; expected is a capture or a CSV file of quotes.");
        }
        catch (InvalidDataException)
        {
            return false; // whoever reads it as a capture says what is wrong with it
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new RecordingException($"The recording cannot be opened: {e.Message}", e);
        }
    }

    protected static string TextOf(ReadOnlySpan<byte> utf8) => Encoding.UTF8.GetString(utf8);
}
