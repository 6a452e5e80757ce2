using Tradepost.Storage.Loading;
using Tradepost.Storage.Rejects;
using Tradepost.Storage.Tables;

namespace Tradepost.Storage.Files;

/// <summary>Some lines of a file: their rows, what was wrong with them, and where the file is read to with them.</summary>
internal sealed class Portion(IReadOnlyList<Column> columns)
{
    public RowBatch Rows { get; } = new(columns);

    public List<Reject> Rejects { get; } = [];

    /// <summary>What is to be said of lines that are rows all the same, with the lines' numbers.</summary>
    public List<(string Rule, long Line)> Noted { get; } = [];

    public long Bytes { get; set; }

    public string Hash { get; set; } = "";

    public long Lines { get; set; }

    /// <summary>All bytes of the file, where it ends with this portion.</summary>
    public long? CompleteBytes { get; set; }

    /// <summary>Whether the file ends with it.</summary>
    public bool IsLast { get; set; }

    public void Clear()
    {
        Rows.Clear();
        Rejects.Clear();
        Noted.Clear();
        (IsLast, CompleteBytes, Lines) = (false, null, 0);
    }
}
