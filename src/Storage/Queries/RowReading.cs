using System.Data.Common;
using System.Text;
using Npgsql;
using NpgsqlTypes;
using Tradepost.Storage.Embedded;

namespace Tradepost.Storage.Queries;

/// <summary>Reads rows up to the limits.</summary>
internal static class RowReading
{
    private const string Binary = "bytea";

    // PostgreSQL counts from 2000-01-01; days are those from 1970-01-01.
    private const long EpochDays = 10_957;
    private const long DayMicroseconds = 86_400_000_000;
    private const long FirstDay = -719_162; // 0001-01-01
    private const long LastDay = 2_932_896; // 9999-12-31
    private const long FirstMicrosecond = (FirstDay - EpochDays) * DayMicroseconds;
    private const long LastMicrosecond = ((LastDay + 1 - EpochDays) * DayMicroseconds) - 1;

    private static readonly DateOnly Epoch = new(2000, 1, 1);

    private static readonly HashSet<string> Texts = new(StringComparer.Ordinal)
    {
        "text",
        "character varying",
        "character",
        "json",
        Binary,
    };

    public static IReadOnlyList<QueryColumn> ColumnsOf(DbDataReader reader) =>
        [.. Enumerable.Range(0, reader.FieldCount).Select(i => new QueryColumn(reader.GetName(i), reader.GetDataTypeName(i)))];

    public static async Task<QueryRows> ReadAsync(
        DbDataReader reader,
        IReadOnlyList<QueryColumn> columns,
        QueryLimits limits,
        CancellationToken cancellationToken
    )
    {
        var rows = new List<IReadOnlyList<object?>>();
        var left = limits.Bytes;
        while (await reader.ReadAsync(cancellationToken))
        {
            if (rows.Count == limits.Rows)
            {
                return new QueryRows(columns, rows, Truncation.Rows);
            }

            var row = new object?[columns.Count];
            for (var i = 0; i < row.Length; i++)
            {
                if (!TryRead(reader, i, columns[i], left, out row[i]))
                {
                    return new QueryRows(columns, rows, Truncation.Bytes);
                }

                left -= PlainValue.SizeOf(row[i]);
            }

            if (left < 0)
            {
                return new QueryRows(columns, rows, Truncation.Bytes);
            }

            rows.Add(row);
        }

        return new QueryRows(columns, rows, Truncation.None);
    }

    // PostgreSQL's reader comes value by value here, and tells how long a text is before it is in memory.
    private static bool TryRead(DbDataReader reader, int i, QueryColumn column, long left, out object? value)
    {
        value = null;
        if (reader is not NpgsqlDataReader || !Texts.Contains(column.Type))
        {
            value = Value(reader, i, column);
            return true;
        }

        if (reader.IsDBNull(i))
        {
            return true;
        }

        using var stream = reader.GetStream(i);
        if (stream.Length > left)
        {
            return false;
        }

        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        value = column.Type == Binary ? bytes : Encoding.UTF8.GetString(bytes);
        return true;
    }

    /// <summary>
    /// PostgreSQL's times, of which some are a text because .NET has no value for them, and its intervals; null for other types. They are
    /// read as the numbers that they are, for a value can be read once only.
    /// </summary>
    private static object? TimeOf(NpgsqlDataReader reader, int i, string type)
    {
        switch (type)
        {
            case "interval":
                var interval = reader.GetFieldValue<NpgsqlInterval>(i);
                return EdgeTexts.Interval(interval.Months, interval.Days, interval.Time);
            case "date":
                var days = reader.GetFieldValue<int>(i);
                return days switch
                {
                    int.MaxValue => "infinity",
                    int.MinValue => "-infinity",
                    _ when days + EpochDays is >= FirstDay and <= LastDay => Epoch.AddDays(days),
                    _ => EdgeTexts.Day(days + EpochDays),
                };
            case "timestamp without time zone" or "timestamp with time zone":
                var microseconds = reader.GetFieldValue<long>(i);
                return microseconds switch
                {
                    long.MaxValue => "infinity",
                    long.MinValue => "-infinity",
                    >= FirstMicrosecond and <= LastMicrosecond => new DateTime(
                        Epoch.ToDateTime(TimeOnly.MinValue).Ticks + (microseconds * TimeSpan.TicksPerMicrosecond),
                        type == "timestamp with time zone" ? DateTimeKind.Utc : DateTimeKind.Unspecified
                    ),
                    _ => EdgeTexts.Moment((Int128)microseconds + (EpochDays * DayMicroseconds)),
                };
            default:
                return null;
        }
    }

    private static object? Value(DbDataReader reader, int i, QueryColumn column)
    {
        try
        {
            return reader switch
            {
                _ when reader.IsDBNull(i) => null,
                NpgsqlDataReader postgres => TimeOf(postgres, i, column.Type) ?? PlainValue.Of(postgres.GetValue(i)),
                EmbeddedReader embedded => embedded.FindEdge(i) ?? PlainValue.Of(embedded.GetValue(i)),
                _ => PlainValue.Of(reader.GetValue(i)),
            };
        }
        catch (Exception e)
            when (e is OverflowException or ArgumentOutOfRangeException or InvalidCastException or FormatException or NotSupportedException)
        {
            throw new QueryFailedException(
                $"Column {column.Name} has a value of type {column.Type} that cannot be shown; cast it: {column.Name}::text.",
                position: null,
                e
            );
        }
    }
}
