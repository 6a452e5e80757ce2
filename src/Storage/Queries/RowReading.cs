using System.Data.Common;
using System.Text;
using Npgsql;

namespace Tradepost.Storage.Queries;

/// <summary>Reads rows up to the limits.</summary>
internal static class RowReading
{
    private const string Binary = "bytea";

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

    public static async Task<(IReadOnlyList<IReadOnlyList<object?>> Rows, Truncation Truncation)> ReadAsync(
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
                return (rows, Truncation.Rows);
            }

            var row = new object?[columns.Count];
            for (var i = 0; i < row.Length; i++)
            {
                if (!TryRead(reader, i, columns[i], left, out row[i]))
                {
                    return (rows, Truncation.Bytes);
                }

                left -= PlainValue.SizeOf(row[i]);
            }

            if (left < 0)
            {
                return (rows, Truncation.Bytes);
            }

            rows.Add(row);
        }

        return (rows, Truncation.None);
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

    private static object? Value(DbDataReader reader, int i, QueryColumn column)
    {
        try
        {
            return PlainValue.Of(reader.GetValue(i));
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
