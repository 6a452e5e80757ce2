using System.Data.Common;

namespace Tradepost.Marketplace.Sales.Market;

/// <summary>What SQL sums up of a part of the market: a row of <c>groups.sql</c>.</summary>
internal sealed record GroupSums(
    string? Name,
    long Products,
    long Estimated,
    BoundedSum Units,
    double? Revenue,
    PairSums UnitPairs,
    PairSums RevenuePairs,
    long Entrants,
    BoundedSum EntrantRevenue,
    long OutOfStock,
    long Gone,
    BoundedSum LostUnits,
    BoundedSum LostRevenue
)
{
    public static GroupSums Read(DbDataReader row) =>
        new(
            row.IsDBNull(0) ? null : row.GetString(0),
            row.GetInt64(1),
            row.GetInt64(2),
            Bounded(row, 3),
            Rounded(row, 6),
            Pairs(row, 7),
            Pairs(row, 13),
            row.GetInt64(19),
            Bounded(row, 20),
            row.GetInt64(23),
            row.GetInt64(24),
            Bounded(row, 25),
            Bounded(row, 28)
        );

    private static BoundedSum Bounded(DbDataReader row, int first) =>
        new(Rounded(row, first), Rounded(row, first + 1), Rounded(row, first + 2));

    private static PairSums Pairs(DbDataReader row, int first) =>
        new(row.GetInt64(first), Sum(row, first + 1), Sum(row, first + 2), Sum(row, first + 3), Sum(row, first + 4), Sum(row, first + 5));

    private static double Sum(DbDataReader row, int column) => Number(row, column) ?? 0;

    /// <summary>Without the last digits, which depend on the order in which a store adds up.</summary>
    private static double? Rounded(DbDataReader row, int column) => Number(row, column) is { } sum ? Math.Round(sum, 4) : null;

    private static double? Number(DbDataReader row, int column) => row.IsDBNull(column) ? null : row.GetDouble(column);
}
