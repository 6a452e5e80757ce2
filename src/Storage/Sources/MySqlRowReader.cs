using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using MySqlConnector;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Tables;

namespace Tradepost.Storage.Sources;

/// <summary>
/// Fills batches from a MySQL result. A value without a representation (a zero date, a number out of range, bytes that are
/// not UTF-8) becomes null and is noted as a problem of its row; it never ends the read.
/// </summary>
internal sealed class MySqlRowReader(
    MySqlSnapshot snapshot,
    MySqlCommand command,
    MySqlDataReader reader,
    IReadOnlyList<Column> columns,
    bool[] floats
) : SourceReader
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly MySqlValueKind[] kinds = [.. reader.GetColumnSchema().Select(KindOf)];
    private readonly int[] scales = [.. reader.GetColumnSchema().Select(column => column.NumericScale ?? 0)];
    private bool isAtEnd;

    public override ValueTask<bool> FillAsync(RowBatch batch, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            while (!isAtEnd && !batch.IsFull)
            {
                if (!reader.Read())
                {
                    isAtEnd = true;
                    break;
                }

                ReadRow(batch, batch.Count);
                batch.Count++;
            }
        }
        catch (Exception failure) when (MySqlFailures.IsOne(failure))
        {
            throw snapshot.Translate(failure);
        }

        return ValueTask.FromResult(batch.Count > 0);
    }

    public override async ValueTask DisposeAsync()
    {
        if (!isAtEnd)
        {
            // Otherwise closing would read the rest of the result.
            await Task.Run(command.Cancel);
        }

        await reader.DisposeAsync();
        await command.DisposeAsync();
    }

    private static MySqlValueKind KindOf(DbColumn column) =>
        Type.GetTypeCode(column.DataType) switch
        {
            TypeCode.SByte or TypeCode.Byte or TypeCode.Int16 or TypeCode.UInt16 or TypeCode.Int32 => MySqlValueKind.Int,
            TypeCode.Decimal when column.NumericPrecision is null or > MySqlDecimals.ExactDigits => MySqlValueKind.WideDecimal,
            TypeCode.String => MySqlValueKind.Text,
            _ when column.DataTypeName is "DATETIME" or "DATE" or "TIMESTAMP" => MySqlValueKind.Time,
            _ when column.DataType == typeof(byte[]) => MySqlValueKind.Bytes,
            _ => MySqlValueKind.Other,
        };

    private void ReadRow(RowBatch batch, int row)
    {
        for (var i = 0; i < columns.Count; i++)
        {
            var buffer = batch[i];
            if (reader.IsDBNull(i))
            {
                buffer.SetNull(row);
                continue;
            }

            try
            {
                ReadValue(buffer, row, i);
            }
            catch (Exception failure)
                when (failure is InvalidCastException or FormatException or OverflowException or DecoderFallbackException)
            {
                buffer.SetNull(row);
                batch.Problems.Add(
                    new RowProblem(
                        row,
                        columns[i].Name,
                        $"{columns[i].Name} cannot be read as {columns[i].Type}: {Reason(failure, reader.GetDataTypeName(i))}"
                    )
                );
            }
        }
    }

    // The driver's words for a column of another type are about types of the program.
    private static string Reason(Exception failure, string type) =>
        failure is InvalidCastException || failure.Message.Contains("System.", StringComparison.Ordinal)
            ? $"the source has it as {type.ToLowerInvariant()}"
            : Shown.Of(failure.Message);

    private void ReadValue(ColumnBuffer buffer, int row, int i)
    {
        switch (buffer.Column.Type)
        {
            case ColumnType.BigInt:
                buffer.Values<long>()[row] = Whole(i);
                break;
            case ColumnType.Integer:
                buffer.Values<int>()[row] = Convert.ToInt32(Whole(i));
                break;
            case ColumnType.Decimal:
                buffer.Values<long>()[row] = Unscaled.From(Exact(i, buffer.Column.Scale), buffer.Column);
                break;
            case ColumnType.Double:
                buffer.Values<double>()[row] = Floating(i);
                break;
            case ColumnType.Boolean:
                buffer.Values<bool>()[row] = Whole(i) != 0;
                break;
            case ColumnType.Timestamp:
                buffer.Values<long>()[row] = Moment.Of(Time(i));
                break;
            case ColumnType.Date:
                buffer.Values<int>()[row] = Day(i);
                break;
            case ColumnType.Uuid:
                buffer.Values<Guid>()[row] = Guid.Parse(reader.GetString(i));
                break;
            case ColumnType.Binary:
                buffer.AsText().Set(row, (byte[])reader.GetValue(i));
                break;
            case ColumnType.Text or ColumnType.Json:
                ReadText(buffer.AsText(), row, i);
                break;
            default:
                throw new SwitchExpressionException(buffer.Column.Type);
        }
    }

    // The driver's own conversion to 64 bits drops the digits behind a point, and knows no texts.
    private long Whole(int i)
    {
        if (kinds[i] == MySqlValueKind.Int)
        {
            return reader.GetInt32(i);
        }

        var value = kinds[i] == MySqlValueKind.WideDecimal ? MySqlDecimals.Read(reader, i, scales[i]) : reader.GetValue(i);
        return value switch
        {
            long number => number,
            string text => MySqlNumbers.Whole(text),
            double number => MySqlNumbers.Whole(number, floats[i] ? MySqlNumbers.WholeInFloat : MySqlNumbers.WholeInDouble),
            decimal number when number != decimal.Truncate(number) => throw MySqlNumbers.NotWhole(number),
            _ => Convert.ToInt64(value, CultureInfo.InvariantCulture),
        };
    }

    private decimal Exact(int i, int scale) =>
        kinds[i] == MySqlValueKind.WideDecimal
            ? MySqlDecimals.Read(reader, i, scales[i])
            : reader.GetValue(i) switch
            {
                string text => MySqlDecimals.Parse(text),
                double number => floats[i] ? MySqlNumbers.Exact((float)number, scale) : MySqlNumbers.Exact(number),
                var value => Convert.ToDecimal(value, CultureInfo.InvariantCulture),
            };

    private double Floating(int i) =>
        reader.GetValue(i) switch
        {
            double number => number,
            var value => MySqlNumbers.Floating(
                value is MySqlDecimal ? reader.GetMySqlDecimal(i).ToString() : Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""
            ),
        };

    private void ReadText(TextBuffer buffer, int row, int i)
    {
        switch (kinds[i])
        {
            case MySqlValueKind.Bytes:
                var bytes = (byte[])reader.GetValue(i);
                _ = StrictUtf8.GetCharCount(bytes);
                buffer.Set(row, bytes);
                break;
            case MySqlValueKind.Time:
                buffer.Set(row, Time(i).ToString("yyyy-MM-dd HH:mm:ss.FFFFFF"));
                break;
            case MySqlValueKind.WideDecimal:
                buffer.Set(row, MySqlNumbers.WithoutPadding(reader.GetMySqlDecimal(i).ToString()));
                break;
            case MySqlValueKind.Text:
                buffer.Set(row, reader.GetString(i));
                break;
            default:
                buffer.Set(row, TextOf(i));
                break;
        }
    }

    private string? TextOf(int i) =>
        reader.GetValue(i) switch
        {
            double => MySqlNumbers.Plain(Exact(i, MySqlDecimals.ExactDigits)),
            TimeSpan time => MySqlNumbers.Clock(time),
            var value => Convert.ToString(value, CultureInfo.InvariantCulture),
        };

    private int Day(int i)
    {
        var time = Time(i);
        return time.TimeOfDay == TimeSpan.Zero
            ? (int)((time.Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerDay)
            : throw new FormatException($"{time:yyyy-MM-dd HH:mm:ss} is a time within a day");
    }

    private DateTime Time(int i)
    {
        if (kinds[i] != MySqlValueKind.Time)
        {
            // A constant or an expression of a mapping comes as text.
            var text = reader.GetString(i);
            return IsoTime.TryParse(text, out var time) ? time : throw new FormatException($"'{text}' is not {IsoTime.Expected}");
        }

        var value = reader.GetMySqlDateTime(i);
        return value.IsValidDateTime && value.Day <= DateTime.DaysInMonth(value.Year, value.Month)
            ? value.GetDateTime()
            : throw new FormatException(
                $"{value.Year:0000}-{value.Month:00}-{value.Day:00} {value.Hour:00}:{value.Minute:00}:{value.Second:00} is not a date"
            );
    }
}
