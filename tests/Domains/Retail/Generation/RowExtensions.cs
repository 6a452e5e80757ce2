namespace Tradepost.Retail.Tests.Generation;

internal static class RowExtensions
{
    public static T Get<T>(this IReadOnlyDictionary<string, object?> row, string column) => (T)row[column]!;

    public static long Id(this IReadOnlyDictionary<string, object?> row, string column = "id") => row.Get<long>(column);
}
