using System.Text;
using Tradepost.Storage.Files;

namespace Tradepost.Marketplace.Loading;

/// <summary>What cells say about their columns where no name does.</summary>
internal static class ColumnContent
{
    private const int LeastKeyDigits = 5;

    private static readonly TimeNotation[] DayNames =
    [
        TimeNotation.Iso,
        .. TimeNotation.All.Where(notation => notation.Name is "year/month/day" or "day.month.year" or "yearmonthday"),
    ];

    public static bool IsAddress(string cell) =>
        cell.StartsWith("http://", StringComparison.OrdinalIgnoreCase) || cell.StartsWith("https://", StringComparison.OrdinalIgnoreCase);

    public static bool IsNumber(string cell) => AmountCell.ShapeOf(Encoding.UTF8.GetBytes(cell)) != NumberShape.Text;

    public static bool IsMissing(string cell) => Missing.Is(Encoding.UTF8.GetBytes(cell));

    /// <summary>The day that a name is; null where it is none.</summary>
    public static DateOnly? DayOf(string name)
    {
        foreach (var notation in DayNames)
        {
            if (notation.TryRead(Encoding.UTF8.GetBytes(name), out var time) && !time.HasClock)
            {
                return DateOnly.FromDateTime(time.Local);
            }
        }

        return null;
    }

    /// <summary>A cell without the percent sign behind it.</summary>
    public static ReadOnlySpan<byte> WithoutPercent(ReadOnlySpan<byte> cell) =>
        Missing.Trim(cell) is [.. var number, (byte)'%'] ? number : cell;

    /// <summary>The key of a product at the end of its page's address: the digits behind the last sign of its path.</summary>
    public static ReadOnlySpan<byte> KeyOf(ReadOnlySpan<byte> address)
    {
        var end = address.IndexOfAny((byte)'?', (byte)'#');
        var path = (end < 0 ? address : address[..end]).TrimEnd((byte)'/');
        var start = path.Length;
        while (start > 0 && IsKeyPart(path[start - 1]))
        {
            start--;
        }

        return path[start..];
    }

    private static bool IsKeyPart(byte one) =>
        one is (>= (byte)'0' and <= (byte)'9') or (>= (byte)'a' and <= (byte)'z') or (>= (byte)'A' and <= (byte)'Z');

    /// <summary>
    /// What the columns of a file without a header are: an address; the key, which stands in the address, or is all long digits; the price, the
    /// number that is left; the merchant, of whom a product has several, or else the title.
    /// </summary>
    public static IReadOnlyList<FieldRole?> Recognise(IReadOnlyList<IReadOnlyList<string>> rows)
    {
        var roles = new FieldRole?[rows[0].Count];
        var columns = Enumerable.Range(0, roles.Length).ToList();
        var url = columns.FindIndex(column => All(rows, column, IsAddress));
        var key = columns.FindIndex(column => column != url && IsKey(rows, column, url));
        var numbers = columns.FindAll(column => column != url && column != key && All(rows, column, IsNumber));
        var texts = columns.FindAll(column => column != url && column != key && !numbers.Contains(column));
        Set(url, FieldRole.Url);
        Set(key, FieldRole.Sku);
        Set(numbers is [var only] ? only : -1, FieldRole.Price);
        foreach (var column in texts.Where(_ => key >= 0 || url >= 0))
        {
            var days = All(rows, column, cell => DayOf(cell) is not null);
            Set(
                column,
                days ? FieldRole.Day
                    : HasSeveral(rows, key >= 0 ? key : url, column) ? FieldRole.Merchant
                    : FieldRole.Title
            );
        }

        return roles;

        void Set(int column, FieldRole role)
        {
            if (column >= 0 && !roles.Contains(role))
            {
                roles[column] = role;
            }
        }
    }

    private static bool All(IReadOnlyList<IReadOnlyList<string>> rows, int column, Func<string, bool> holds) =>
        rows.Any(row => !IsMissing(row[column])) && rows.All(row => IsMissing(row[column]) || holds(row[column]));

    private static bool IsKey(IReadOnlyList<IReadOnlyList<string>> rows, int column, int url) =>
        url >= 0
            ? rows.All(row => row[column].Length > 0 && row[url].Contains(row[column], StringComparison.Ordinal))
            : All(rows, column, cell => cell.Length >= LeastKeyDigits && cell.All(char.IsAsciiDigit))
                && rows.Select(row => row[column]).Distinct().Skip(1).Any();

    private static bool HasSeveral(IReadOnlyList<IReadOnlyList<string>> rows, int key, int column) =>
        rows.GroupBy(row => row[key]).Any(product => product.Select(row => row[column]).Distinct().Skip(1).Any());
}
