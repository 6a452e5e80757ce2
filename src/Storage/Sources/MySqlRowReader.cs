using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using MySql.Data.MySqlClient;
using MySql.Data.Types;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Tables;

namespace Tradepost.Storage.Sources;

/// <summary>
/// Fills batches from a MySQL result. A value without a representation (a zero date, a number out of range, bytes that are
/// not UTF-8) becomes null and is noted as a problem of its row; it never ends the read.
/// </summary>
internal sealed class MySqlRowReader(MySqlSnapshot snapshot, MySqlCommand command, MySqlDataReader reader, IReadOnlyList<Column> columns)
    : SourceReader
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly bool[] isBytes = [.. columns.Select((_, i) => reader.GetFieldType(i) == typeof(byte[]))];
    private readonly bool[] isTime = [.. columns.Select((_, i) => reader.GetDataTypeName(i) is "DATETIME" or "DATE" or "TIMESTAMP")];
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
        catch (MySqlException failure)
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
            catch (Exception failure) when (failure is InvalidCastException or FormatException or OverflowException or DecoderFallbackException or MySqlConversionException)
            {
                buffer.SetNull(row);
                batch.Problems.Add(new RowProblem(row, columns[i].Name, $"{columns[i].Name} cannot be read as {columns[i].Type}: {Reason(failure, reader.GetDataTypeName(i))}"));
            }
        }
    }

    // The driver's words for a column of another type are about types of the program.
    private static string Reason(Exception failure, string type) => failure is InvalidCastException || failure.Message.Contains("System.", StringComparison.Ordinal)
        ? $"the source has it as {type.ToLowerInvariant()}"
        : failure.Message;

    private void ReadValue(ColumnBuffer buffer, int row, int i)
    {
        switch (buffer.Column.Type)
        {
            case ColumnType.BigInt:
                buffer.Values<long>()[row] = reader.GetInt64(i);
                break;
            case ColumnType.Integer:
                buffer.Values<int>()[row] = reader.GetInt32(i);
                break;
            case ColumnType.Decimal:
                buffer.Values<long>()[row] = Unscaled.From(reader.GetDecimal(i), buffer.Column);
                break;
            case ColumnType.Double:
                buffer.Values<double>()[row] = reader.GetDouble(i);
                break;
            case ColumnType.Boolean:
                buffer.Values<bool>()[row] = reader.GetInt64(i) != 0;
                break;
            case ColumnType.Timestamp:
                buffer.Values<long>()[row] = (Time(i).Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;
                break;
            case ColumnType.Date:
                buffer.Values<int>()[row] = (int)((Time(i).Ticks - DateTime.UnixEpoch.Ticks) / TimeSpan.TicksPerDay);
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

    private void ReadText(TextBuffer buffer, int row, int i)
    {
        if (isBytes[i])
        {
            var bytes = (byte[])reader.GetValue(i);
            _ = StrictUtf8.GetCharCount(bytes);
            buffer.Set(row, bytes);
        }
        else
        {
            buffer.Set(row, reader.GetString(i).AsSpan());
        }
    }

    private DateTime Time(int i)
    {
        if (!isTime[i])
        {
            // A constant or an expression of a mapping comes as text.
            return DateTime.Parse(reader.GetString(i), CultureInfo.InvariantCulture);
        }

        var value = reader.GetMySqlDateTime(i);
        return value.IsValidDateTime ? value.GetDateTime() : throw new FormatException(string.Create(
            CultureInfo.InvariantCulture,
            $"{value.Year:0000}-{value.Month:00}-{value.Day:00} {value.Hour:00}:{value.Minute:00}:{value.Second:00} is not a date"));
    }
}
