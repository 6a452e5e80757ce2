using CsvHelper;
using Tradepost.Storage.Tables;

namespace Tradepost.Storage.Sources;

/// <summary>
/// A CSV file with a header line (RFC 4180; UTF-8, or UTF-16 with a byte order mark; any line ending). Columns are found by
/// name, in any order; further columns are ignored.
/// </summary>
/// <param name="path">The file.</param>
/// <param name="separator">What stands between fields; null: found out from the first lines.</param>
public sealed class CsvSource(string path, char? separator = null)
{
    public string Path { get; } = System.IO.Path.GetFullPath(path);

    /// <summary>
    /// Opens the file and finds the columns. Throws <see cref="SourceUnavailableException"/> where it cannot be opened and
    /// <see cref="SourceSchemaException"/> where the header lacks a column.
    /// </summary>
    public SourceReader Read(IReadOnlyList<Column> columns)
    {
        CsvReader reader;
        try
        {
            reader = CsvReader.FromFile(Path, CsvReaderOptions.Default with { Separator = separator, TrackLineNumbers = true });
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new SourceUnavailableException("csv", Path, failure.Message, failure);
        }

        try
        {
            return new CsvRowReader(reader, columns, FindColumns(reader, columns));
        }
        catch
        {
            reader.Dispose();
            throw;
        }
    }

    private int[] FindColumns(CsvReader reader, IReadOnlyList<Column> columns)
    {
        reader.ReadHeader();
        var header = reader.Headers.ToArray();
        if (header.Length == 0)
        {
            throw new SourceSchemaException(
                $"{Path} is empty; expected a header line with {string.Join(", ", columns.Select(c => c.Name))}."
            );
        }

        var missing = columns.Where(column => !reader.TryGetFieldIndex(column.Name, out _)).Select(column => column.Name).ToList();
        return missing.Count == 0
            ? [.. columns.Select(column => reader.GetFieldIndex(column.Name))]
            : throw new SourceSchemaException(
                $"{Path}, line 1: the header lacks {string.Join(" and ", missing)}; it has {string.Join(", ", header)}."
            );
    }
}
