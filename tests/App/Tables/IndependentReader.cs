using System.Globalization;
using System.Text;

namespace Tradepost.App.Tests.Tables;

/// <summary>Reads a generated file letter by letter, told its form: what ours has to find by itself.</summary>
internal static class IndependentReader
{
    private static readonly HashSet<string> Missing = ["", "NA", "N/A", "nan", "NULL", "None", "#N/A"];

    public static List<string[]> Rows(GeneratedFile file)
    {
        var text = file.Encoding.GetString(file.Bytes).TrimStart('\uFEFF');
        var (rows, cells, cell) = (new List<string[]>(), new List<string>(), new StringBuilder());
        var isQuoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            var letter = text[i];
            if (isQuoted && letter == '"' && i + 1 < text.Length && text[i + 1] == '"')
            {
                cell.Append('"');
                i++;
            }
            else if (letter == '"')
            {
                isQuoted = !isQuoted;
            }
            else if (!isQuoted && letter == file.Delimiter)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else if (!isQuoted && letter is '\n' or '\r' && !isQuoted)
            {
                i += letter == '\r' && i + 1 < text.Length && text[i + 1] == '\n' ? 1 : 0;
                End();
            }
            else
            {
                cell.Append(letter);
            }
        }

        if (cells.Count > 0 || cell.Length > 0)
        {
            End();
        }

        return rows;

        void End()
        {
            cells.Add(cell.ToString());
            rows.Add([.. cells]);
            cells.Clear();
            cell.Clear();
        }
    }

    public static double Number(GeneratedFile file, string cell) =>
        Missing.Contains(cell)
            ? double.NaN
            : double.Parse(cell.Replace(file.Decimal, '.'), NumberStyles.Float, CultureInfo.InvariantCulture);

    public static DateTime Time(GeneratedFile file, string cell) =>
        DateTime.ParseExact(cell, file.TimeFormat, CultureInfo.InvariantCulture);
}
