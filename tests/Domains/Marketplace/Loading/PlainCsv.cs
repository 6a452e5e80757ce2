using System.Text;

namespace Tradepost.Marketplace.Tests.Loading;

/// <summary>A file of commas and quotes read letter by letter: what a count is compared with.</summary>
internal static class PlainCsv
{
    /// <summary>Its rows, by the names of its header.</summary>
    public static IReadOnlyList<Dictionary<string, string>> Read(string path)
    {
        var text = File.ReadAllText(path);
        var (records, record, cell, isQuoted) = (new List<List<string>>(), new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '"' when isQuoted && i + 1 < text.Length && text[i + 1] == '"':
                    cell.Append(text[i++]);
                    break;
                case '"':
                    isQuoted = !isQuoted;
                    break;
                case ',' when !isQuoted:
                    record.Add(cell.ToString());
                    cell.Clear();
                    break;
                case '\r' when !isQuoted:
                    break;
                case '\n' when !isQuoted:
                    record.Add(cell.ToString());
                    cell.Clear();
                    records.Add(record);
                    record = [];
                    break;
                default:
                    cell.Append(text[i]);
                    break;
            }
        }

        if (record.Count > 0 || cell.Length > 0)
        {
            record.Add(cell.ToString());
            records.Add(record);
        }

        return [.. records.Skip(1).Select(row => records[0].Zip(row).ToDictionary(pair => pair.First, pair => pair.Second))];
    }
}
