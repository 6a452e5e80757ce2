using System.Numerics;
using System.Runtime.Intrinsics;

namespace Tradepost.Storage.Files;

/// <summary>The cells of a record (RFC 4180, strictly): a quote begins and ends a cell, and is doubled inside. Not thread safe.</summary>
/// <param name="delimiter">What stands between cells.</param>
public sealed class RecordCells(byte delimiter)
{
    private const byte Quote = (byte)'"';
    private const int LongestOpen = 1 << 16;

    private (int Start, int Length, bool IsUnescaped)[] places = new (int, int, bool)[64];
    private byte[] unescaped = new byte[256];
    private int used;

    /// <summary>How many cells the record has that was split last.</summary>
    public int Count { get; private set; }

    /// <summary>A cell of the record that was split last, without its quotes.</summary>
    public ReadOnlySpan<byte> Cell(ReadOnlySpan<byte> record, int index)
    {
        var (start, length, isUnescaped) = places[index];
        return isUnescaped ? unescaped.AsSpan(start, length) : record.Slice(start, length);
    }

    /// <summary>Whether a text ends within quotes. One that is open too long is never closed, and no record.</summary>
    public bool IsOpen(ReadOnlySpan<byte> text) =>
        text.Contains(Quote) && text.Length < LongestOpen && !TrySplit(text, out var isOpen) && isOpen;

    /// <summary>Divides a record; false when its quotes do not match.</summary>
    /// <param name="record">The record, without its line end.</param>
    /// <param name="isOpen">Whether it ends within quotes.</param>
    public bool TrySplit(ReadOnlySpan<byte> record, out bool isOpen)
    {
        (Count, used, isOpen) = (0, 0, false);
        if (!record.Contains(Quote))
        {
            SplitPlain(record);
            return true;
        }

        for (var at = 0; ; at++)
        {
            if (at < record.Length && record[at] == Quote)
            {
                if (!TryTakeQuoted(record, ref at, out isOpen))
                {
                    return false;
                }
            }
            else
            {
                var length = record[at..].IndexOf(delimiter);
                length = length < 0 ? record.Length - at : length;
                if (record.Slice(at, length).Contains(Quote))
                {
                    return false;
                }

                Add(at, length, isUnescaped: false);
                at += length;
            }

            if (at == record.Length)
            {
                return true;
            }
        }
    }

    /// <summary>Divides a record without quotes, which most are, a block of bytes at a time.</summary>
    private void SplitPlain(ReadOnlySpan<byte> record)
    {
        var (start, at) = (0, 0);
        for (var sign = Vector256.Create(delimiter); at <= record.Length - Vector256<byte>.Count; at += Vector256<byte>.Count)
        {
            var found = Vector256.Equals(Vector256.Create(record.Slice(at, Vector256<byte>.Count)), sign).ExtractMostSignificantBits();
            for (; found != 0; found &= found - 1)
            {
                var end = at + BitOperations.TrailingZeroCount(found);
                Add(start, end - start, isUnescaped: false);
                start = end + 1;
            }
        }

        for (; at < record.Length; at++)
        {
            if (record[at] == delimiter)
            {
                Add(start, at - start, isUnescaped: false);
                start = at + 1;
            }
        }

        Add(start, record.Length - start, isUnescaped: false);
    }

    private bool TryTakeQuoted(ReadOnlySpan<byte> record, ref int at, out bool isOpen)
    {
        var start = at + 1;
        var hasDoubled = false;
        for (var from = start; ; from += 2)
        {
            var length = record[from..].IndexOf(Quote);
            if (length < 0)
            {
                isOpen = true;
                return false;
            }

            from += length;
            if (from + 1 < record.Length && record[from + 1] == Quote)
            {
                hasDoubled = true;
                continue;
            }

            isOpen = false;
            AddQuoted(record[start..from], start, hasDoubled);
            at = from + 1;
            return at == record.Length || record[at] == delimiter;
        }
    }

    private void AddQuoted(ReadOnlySpan<byte> cell, int start, bool hasDoubled)
    {
        if (!hasDoubled)
        {
            Add(start, cell.Length, isUnescaped: false);
            return;
        }

        if (unescaped.Length - used < cell.Length)
        {
            Array.Resize(ref unescaped, Math.Max(unescaped.Length * 2, used + cell.Length));
        }

        var first = used;
        for (var i = 0; i < cell.Length; i++)
        {
            unescaped[used++] = cell[i];
            i += cell[i] == Quote ? 1 : 0;
        }

        Add(first, used - first, isUnescaped: true);
    }

    private void Add(int start, int length, bool isUnescaped)
    {
        if (Count == places.Length)
        {
            Array.Resize(ref places, places.Length * 2);
        }

        places[Count++] = (start, length, isUnescaped);
    }
}
