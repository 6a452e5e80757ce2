using Tradepost.Storage.Tables;

namespace Tradepost.Storage.Loading;

/// <summary>
/// What PostgreSQL cannot keep of what a <see cref="RowBatch"/> can: it becomes null and a problem of its row, so that the others load.
/// </summary>
internal static class PostgresLimits
{
    private const long FirstMicrosecond = -210_866_803_200_000_000; // 4713-11-24 BC
    private const int FirstDay = -2_440_588;

    public static void Note(RowBatch batch)
    {
        foreach (var buffer in batch.Columns)
        {
            switch (buffer.Column.Type)
            {
                case ColumnType.Text or ColumnType.Json:
                    NoteTexts(batch, buffer.AsText());
                    break;
                case ColumnType.Timestamp:
                    NoteTimes(batch, buffer);
                    break;
                case ColumnType.Date:
                    NoteDays(batch, buffer);
                    break;
            }
        }
    }

    private static void NoteTexts(RowBatch batch, TextBuffer texts)
    {
        if (!texts.Contains(0))
        {
            return;
        }

        for (var row = 0; row < batch.Count; row++)
        {
            if (!texts.IsNull(row) && texts[row].Contains((byte)0))
            {
                Note(batch, texts, row, "the text holds a NUL character (U+0000), which PostgreSQL cannot keep");
            }
        }
    }

    private static void NoteTimes(RowBatch batch, ColumnBuffer times)
    {
        var values = times.Values<long>();
        for (var row = 0; row < batch.Count; row++)
        {
            if (values[row] < FirstMicrosecond && !times.IsNull(row))
            {
                Note(batch, times, row, "the time is before the first that PostgreSQL can keep");
            }
        }
    }

    private static void NoteDays(RowBatch batch, ColumnBuffer days)
    {
        var values = days.Values<int>();
        for (var row = 0; row < batch.Count; row++)
        {
            if (values[row] < FirstDay && !days.IsNull(row))
            {
                Note(batch, days, row, "the day is before the first that PostgreSQL can keep");
            }
        }
    }

    private static void Note(RowBatch batch, ColumnBuffer buffer, int row, string reason)
    {
        buffer.SetNull(row);
        batch.Problems.Add(new RowProblem(row, buffer.Column.Name, $"{buffer.Column.Name} cannot be kept: {reason}"));
    }
}
