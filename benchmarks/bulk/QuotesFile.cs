using System.Buffers.Text;
using Tradepost.Storage.Loading;

namespace Tradepost.Benchmarks.Bulk;

/// <summary>The same rows as a CSV file.</summary>
internal static class QuotesFile
{
    private const int LongestRow = 256;

    public static async Task WriteAsync(string path, long rows, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0, useAsync: true);
        var batch = new RowBatch(Quotes.Columns);
        var buffer = new byte[batch.Capacity * LongestRow];
        for (var first = 0L; first < rows; first += batch.Capacity)
        {
            Quotes.Fill(batch, first, rows);
            await file.WriteAsync(buffer.AsMemory(0, Encode(batch, buffer)), cancellationToken);
        }
    }

    private static int Encode(RowBatch batch, Span<byte> buffer)
    {
        var used = 0;
        for (var row = 0; row < batch.Count; row++)
        {
            used += Text(buffer[used..], batch[0].AsText()[row]);
            used += Text(buffer[used..], batch[1].AsText()[row]);
            used += Number(buffer[used..], batch[2].Values<long>()[row]);
            used += Number(buffer[used..], batch[3].Values<long>()[row]);
            for (var column = 4; column < 8; column++)
            {
                used += Decimal(buffer[used..], batch[column].Values<long>()[row]);
            }

            used += Time(buffer[used..], batch[8].Values<long>()[row]);
            buffer[used - 1] = (byte)'\n';
        }

        return used;
    }

    private static int Text(Span<byte> target, ReadOnlySpan<byte> text)
    {
        text.CopyTo(target);
        target[text.Length] = (byte)',';
        return text.Length + 1;
    }

    private static int Number(Span<byte> target, long value)
    {
        Utf8Formatter.TryFormat(value, target, out var length);
        target[length] = (byte)',';
        return length + 1;
    }

    private static int Decimal(Span<byte> target, long units)
    {
        Utf8Formatter.TryFormat(units / 100_000_000, target, out var length);
        target[length++] = (byte)'.';
        Utf8Formatter.TryFormat(units % 100_000_000, target[length..], out _, new System.Buffers.StandardFormat('D', 8));
        target[length + 8] = (byte)',';
        return length + 9;
    }

    private static int Time(Span<byte> target, long microseconds)
    {
        DateTime
            .UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond)
            .TryFormat(target, out var length, "yyyy-MM-dd HH:mm:ss.ffffff");
        target[length] = (byte)',';
        return length + 1;
    }
}
