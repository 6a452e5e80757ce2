namespace Tradepost.Serving.Commands.Output;

/// <summary>Standard output or error: what the system says when it is full or closed is told apart from what it says of files.</summary>
/// <param name="isResults">Whether it is standard output. Standard error is the last place: when it takes nothing, nobody can be
/// told.</param>
internal sealed class StandardStream(Stream inner, bool isResults) : WriteOnlyStream
{
    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            inner.Write(buffer);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            if (isResults)
            {
                throw new OutputException("Standard output", e) { IsStandardOutput = true };
            }
        }
    }

    public override void Flush() => inner.Flush();
}
