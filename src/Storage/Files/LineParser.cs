using System.Text;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Rejects;
using Tradepost.Storage.Tables;

namespace Tradepost.Storage.Files;

/// <summary>Makes rows of one file's lines, one after another; not thread safe.</summary>
/// <param name="table">Where the rows go; those of a table with a key take the place of what has it.</param>
public abstract class LineParser(Table table)
{
    private const int LongestText = 1_000;

    public Table Table { get; } = table;

    /// <summary>How many lines stand before the first row.</summary>
    public virtual int HeaderLines => 1;

    /// <summary>The most rows that a line becomes, no more than a batch holds.</summary>
    public virtual int RowsPerLine => 1;

    /// <summary>Adds a line to a batch that has room for its rows, where it is one.</summary>
    public abstract Finding Add(RowBatch batch, ReadOnlySpan<byte> line);

    /// <summary>Whether a text ends in the middle of a cell, which goes on behind the line end.</summary>
    public virtual bool IsOpen(ReadOnlySpan<byte> text) => false;

    /// <summary>What is kept of a line that is no row.</summary>
    public virtual Reject RejectOf(long number, string rule, ReadOnlySpan<byte> line) => new(number, rule, "", TextOf(line));

    /// <summary>The beginning of a line as text that every store takes: neither broken UTF-8 nor zero bytes.</summary>
    protected static string TextOf(ReadOnlySpan<byte> line) =>
        Encoding.UTF8.GetString(line[..Math.Min(line.Length, LongestText)]).Replace('\0', '\uFFFD');
}
