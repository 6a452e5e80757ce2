using System.Buffers.Binary;

namespace Tradepost.Storage.Backups;

/// <summary>Finds the rows in PostgreSQL's binary COPY format, however it is cut into pieces, and sums them up.</summary>
internal sealed class CopyRows
{
    private const int Signature = 11; // then 4 bytes of flags and 4 of the length of an extension

    private byte[] pending = new byte[1 << 16];
    private int length;
    private bool isPastHeader;

    public RowSum Sum { get; } = new();

    public void Read(ReadOnlySpan<byte> piece)
    {
        if (length + piece.Length > pending.Length)
        {
            Array.Resize(ref pending, Math.Max(pending.Length * 2, length + piece.Length));
        }

        piece.CopyTo(pending.AsSpan(length));
        length += piece.Length;
        var data = pending.AsSpan(0, length);
        var at = 0;
        if (!isPastHeader)
        {
            if (data.Length < Signature + 8)
            {
                return;
            }

            at = Signature + 8 + BinaryPrimitives.ReadInt32BigEndian(data[(Signature + 4)..]);
            isPastHeader = true;
        }

        while (RowLength(data[at..]) is > 0 and var row)
        {
            Sum.Add(data.Slice(at, row));
            at += row;
        }

        data[at..].CopyTo(pending);
        length -= at;
    }

    /// <summary>The bytes of the row that starts here; 0 when it is not complete yet, or when the end has come.</summary>
    private static int RowLength(ReadOnlySpan<byte> data)
    {
        if (data.Length < 2 || BinaryPrimitives.ReadInt16BigEndian(data) is not (>= 0 and var fields))
        {
            return 0;
        }

        var at = 2;
        for (var i = 0; i < fields; i++)
        {
            if (data.Length - at < 4)
            {
                return 0;
            }

            at += 4 + Math.Max(BinaryPrimitives.ReadInt32BigEndian(data[at..]), 0);
            if (at > data.Length)
            {
                return 0;
            }
        }

        return at;
    }
}
