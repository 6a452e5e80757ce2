using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;
using CsvHelper;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Tables;

namespace Tradepost.Storage.Sources;

/// <summary>
/// Fills batches from CSV records. An empty field is null. A field that is not of its column's type, or that the record lacks,
/// becomes null and a problem that names the line.
/// </summary>
internal sealed class CsvRowReader(CsvReader reader, IReadOnlyList<Column> columns, int[] fields) : SourceReader
{
    public override async ValueTask<bool> FillAsync(RowBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        while (!batch.IsFull && await reader.ReadAsync(cancellationToken))
        {
            ReadRow(batch, batch.Count);
            batch.Count++;
        }

        return batch.Count > 0;
    }

    public override ValueTask DisposeAsync()
    {
        reader.Dispose();
        return ValueTask.CompletedTask;
    }

    private void ReadRow(RowBatch batch, int row)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            var column = columns[i];
            if (fields[i] >= reader.FieldCount)
            {
                Note(batch, row, i, $"the record has {reader.FieldCount} fields, {column.Name} is number {fields[i] + 1}");
                continue;
            }

            if (reader.IsEmpty(fields[i]))
            {
                batch[i].SetNull(row);
            }
            else if (!TryRead(batch[i], row, reader.GetSpan(fields[i])))
            {
                Note(batch, row, i, $"{column.Name} is '{Shorten(reader.GetString(fields[i]))}', expected {Expected(column)}");
            }
        }
    }

    private void Note(RowBatch batch, int row, int column, string problem)
    {
        batch[column].SetNull(row);
        batch.Problems.Add(new RowProblem(row, columns[column].Name, $"line {reader.LineNumber}: {problem}"));
    }

    private static bool TryRead(ColumnBuffer buffer, int row, ReadOnlySpan<byte> text)
    {
        var culture = CultureInfo.InvariantCulture;
        switch (buffer.Column.Type)
        {
            case ColumnType.Text or ColumnType.Json:
                buffer.AsText().Set(row, text);
                return Utf8.IsValid(text);
            case ColumnType.BigInt:
                return long.TryParse(text, NumberStyles.Integer, culture, out buffer.Values<long>()[row]);
            case ColumnType.Integer:
                return int.TryParse(text, NumberStyles.Integer, culture, out buffer.Values<int>()[row]);
            case ColumnType.Double:
                return double.TryParse(text, NumberStyles.Float, culture, out buffer.Values<double>()[row]);
            case ColumnType.Decimal:
                return decimal.TryParse(text, NumberStyles.Float, culture, out var number)
                    && Unscaled.TryFrom(number, buffer.Column, out buffer.Values<long>()[row]);
            case ColumnType.Boolean:
                return TryReadFlag(text, out buffer.Values<bool>()[row]);
            case ColumnType.Binary:
                return TryReadBytes(buffer.AsText(), row, text);
            default:
                return TryReadWord(buffer, row, Encoding.UTF8.GetString(text));
        }
    }

    private static bool TryReadWord(ColumnBuffer buffer, int row, string text)
    {
        switch (buffer.Column.Type)
        {
            case ColumnType.Uuid:
                return Guid.TryParse(text, out buffer.Values<Guid>()[row]);
            case ColumnType.Timestamp:
                var isTime = IsoTime.TryParse(text, out var time);
                buffer.Values<long>()[row] = Moment.Of(time);
                return isTime;
            case ColumnType.Date:
                var isDay = DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day);
                buffer.Values<int>()[row] = day.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;
                return isDay;
            default:
                throw new SwitchExpressionException(buffer.Column.Type);
        }
    }

    private static bool TryReadFlag(ReadOnlySpan<byte> text, out bool flag)
    {
        flag = text is [(byte)'1' or (byte)'t' or (byte)'T'] || Ascii.EqualsIgnoreCase(text, "true"u8);
        return flag || text is [(byte)'0' or (byte)'f' or (byte)'F'] || Ascii.EqualsIgnoreCase(text, "false"u8);
    }

    private static bool TryReadBytes(TextBuffer buffer, int row, ReadOnlySpan<byte> text)
    {
        var bytes = new byte[Base64.GetMaxDecodedFromUtf8Length(text.Length)];
        var isBase64 = Base64.DecodeFromUtf8(text, bytes, out _, out var length) == OperationStatus.Done;
        buffer.Set(row, bytes.AsSpan(0, length));
        return isBase64;
    }

    private static string Expected(Column column) =>
        column.Type switch
        {
            ColumnType.Decimal => $"a decimal({column.Precision},{column.Scale})",
            ColumnType.BigInt or ColumnType.Integer => "a whole number",
            ColumnType.Double => "a number",
            ColumnType.Boolean => "true or false",
            ColumnType.Timestamp => "a time such as 2026-01-31T12:00:00",
            ColumnType.Date => "a day such as 2026-01-31",
            ColumnType.Uuid => "a UUID",
            ColumnType.Binary => "bytes in base 64",
            _ => "text in UTF-8",
        };

    private static string Shorten(string text) => text.Length <= 40 ? text : $"{text[..40]}…";
}
