using System.Data.Common;
using System.Text;

namespace Tradepost.Storage.Files;

/// <summary>Rows of a query as lines of CSV (RFC 4180) in UTF-8, the names of its columns first; what is null is an empty cell.</summary>
public sealed class CsvLines
{
    private readonly DbDataReader reader;
    private readonly bool[] isDay;
    private readonly StringBuilder text = new();

    /// <summary>Begins with the names of the columns.</summary>
    public CsvLines(DbDataReader reader)
    {
        this.reader = reader;
        isDay =
        [
            .. Enumerable
                .Range(0, reader.FieldCount)
                .Select(i => reader.GetDataTypeName(i).Equals("date", StringComparison.OrdinalIgnoreCase)),
        ];
        Line(reader.GetName);
    }

    /// <summary>Letters that were not taken yet.</summary>
    public int Length => text.Length;

    /// <summary>Adds the row that the query is at.</summary>
    public void Add() => Line(column => reader.IsDBNull(column) ? "" : Shown(reader.GetValue(column), isDay[column]));

    /// <summary>What was added since it was taken last.</summary>
    public byte[] Take()
    {
        var bytes = Encoding.UTF8.GetBytes(text.ToString());
        text.Clear();
        return bytes;
    }

    private void Line(Func<int, string> cell)
    {
        for (var i = 0; i < isDay.Length; i++)
        {
            text.Append(i == 0 ? "" : ",").Append(Quoted(cell(i)));
        }

        text.Append('\n');
    }

    private static string Shown(object value, bool isDay) =>
        value switch
        {
            DateOnly day => day.ToString("yyyy-MM-dd"),
            DateTime time => time.ToString(isDay ? "yyyy-MM-dd" : "yyyy-MM-dd HH:mm:ss.FFFFFF"),
            bool flag => flag ? "true" : "false",
            _ => value.ToString() ?? "",
        };

    private static string Quoted(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\r\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
