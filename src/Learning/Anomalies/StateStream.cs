using System.Runtime.InteropServices;

namespace Tradepost.Learning.Anomalies;

/// <summary>Writes or reads a state through one list of its parts, so that both always agree. Numbers keep every bit.</summary>
internal sealed class StateStream
{
    private readonly Stream stream;
    private readonly bool isReading;

    private StateStream(Stream stream, bool isReading) => (this.stream, this.isReading) = (stream, isReading);

    public static StateStream Writing(Stream stream) => new(stream, isReading: false);

    public static StateStream Reading(Stream stream) => new(stream, isReading: true);

    /// <summary>A place or count that memory is read by must not come from a spoilt file.</summary>
    public static void Check(long value, long least, long greatest)
    {
        if (value < least || value > greatest)
        {
            throw new FormatException($"The saved anomaly detector is spoilt: it holds {value} where {least} to {greatest} is expected.");
        }
    }

    public void Exchange<T>(T[] values)
        where T : unmanaged
    {
        var bytes = MemoryMarshal.AsBytes(values.AsSpan());
        if (isReading)
        {
            stream.ReadExactly(bytes);
        }
        else
        {
            stream.Write(bytes);
        }
    }

    public void Exchange<T>(ref T value)
        where T : unmanaged
    {
        var bytes = MemoryMarshal.AsBytes(MemoryMarshal.CreateSpan(ref value, 1));
        if (isReading)
        {
            stream.ReadExactly(bytes);
        }
        else
        {
            stream.Write(bytes);
        }
    }
}
