using System.Data.Common;
using Tradepost.Advertising.Money;
using Tradepost.Storage;
using Tradepost.Storage.Dialects;
using Tradepost.Storage.Loading;
using Tradepost.Storage.Tables;

namespace Tradepost.Advertising.Features;

/// <summary>
/// Features of ads as of any moment, from what was learned up to it: one definition for training, which asks for many, and for serving, which asks for
/// one. The store adds up exactly and rates are made of the sums, so that both are the same to the last digit.
/// </summary>
internal sealed class AdFeatureReader(Store store, TimeSpan longestFresh)
{
    private const string Asks = "feature_asks";
    private const int LongestWindow = 30;

    private static readonly int[] Windows = [1, 7, LongestWindow];

    private static readonly Column[] AskColumns =
    [
        new("account", ColumnType.Text, IsNullable: false),
        new("ad", ColumnType.Text, IsNullable: false),
        new("as_of", ColumnType.Timestamp, IsNullable: false),
    ];

    private static readonly SqlScript Script = SqlScript.Load(typeof(AdFeatureReader).Assembly, "Features/ad_features.sql");

    /// <summary>Features of one ad.</summary>
    public async Task<AdFeatures> ReadAsync(AdMoment asked, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        const string one = "(SELECT CAST(@account AS text) AS account, CAST(@ad AS text) AS ad, CAST(@as_of AS timestamp) AS as_of) asked";
        var parameters = Bounds(asked.AsOf, asked.AsOf);
        parameters["account"] = asked.Account;
        parameters["ad"] = asked.Ad;
        parameters["as_of"] = asked.AsOf;
        var rows = await connection.ReadAsync(TextOf(one), parameters, AdFeatureParts.Read, cancellationToken);
        return FeaturesOf([.. rows]);
    }

    /// <summary>Features of many ads and moments, in the order in which they are asked for.</summary>
    /// <remarks>What an account comes to is added up once for each moment: asks at the same moments are cheap.</remarks>
    public async Task<IReadOnlyList<AdFeatures>> ReadAsync(IReadOnlyList<AdMoment> asked, CancellationToken cancellationToken)
    {
        if (asked.Count == 0)
        {
            return [];
        }

        await using var connection = await store.OpenSessionAsync(cancellationToken);
        await DropAsync(connection, cancellationToken);
        await connection.ExecuteAsync($"CREATE TEMP TABLE {Asks} ({store.Dialect.ColumnDefinitions(AskColumns)})", null, cancellationToken);
        await StageAsync(connection, asked.Distinct(), cancellationToken);
        var rows = await connection.ReadAsync(
            TextOf(Asks),
            Bounds(asked.Min(one => one.AsOf), asked.Max(one => one.AsOf)),
            AdFeatureParts.Read,
            cancellationToken
        );
        await DropAsync(connection, cancellationToken);
        var found = rows.GroupBy(row => row.Asked).ToDictionary(group => group.Key, group => FeaturesOf([.. group]));
        return [.. asked.Select(one => found[one])];
    }

    private static Task<int> DropAsync(DbConnection connection, CancellationToken cancellationToken) =>
        connection.ExecuteAsync($"DROP TABLE IF EXISTS {Asks}", null, cancellationToken);

    // The month of a moment began 30 days before its day at the earliest, as the longest window does.
    private static Dictionary<string, object?> Bounds(DateTime first, DateTime last) =>
        new() { ["from"] = first.Date.AddDays(-LongestWindow), ["last"] = last };

    private async Task StageAsync(DbConnection connection, IEnumerable<AdMoment> asked, CancellationToken cancellationToken)
    {
        await using var writer = await store.BeginBulkWriteAsync(connection, Asks, AskColumns, cancellationToken);
        var batch = new RowBatch(AskColumns);
        foreach (var part in asked.Chunk(batch.Capacity))
        {
            batch.Clear();
            foreach (var one in part)
            {
                batch[0].AsText().Set(batch.Count, one.Account.AsSpan());
                batch[1].AsText().Set(batch.Count, one.Ad.AsSpan());
                batch[2].Values<long>()[batch.Count++] = Moment.Of(one.AsOf);
            }

            await writer.WriteAsync(batch, cancellationToken);
        }

        await writer.CompleteAsync(cancellationToken);
    }

    private string TextOf(string asks) =>
        Script.For(
            store.Dialect,
            new Dictionary<string, Func<string, string>>
            {
                ["asks"] = _ => asks,
                ["sums"] = argument => SumsOf(argument.Split(' ')),
                ["names"] = argument => NamesOf(argument.Split(' ')),
            }
        );

    private static string SumsOf(string[] words) =>
        string.Join(
            ", ",
            words[1..]
                .Select(measure =>
                    $"CAST(sum(CASE WHEN k.day >= k.today - INTERVAL '{words[0]} days' THEN k.{measure} END) AS DECIMAL(38, 9)) AS {measure}_{words[0]}"
                )
        );

    private static string NamesOf(string[] words) => string.Join(", ", words[2..].Select(measure => $"{words[0]}.{measure}_{words[1]}"));

    /// <summary>An ad's features of the rows of one ask: they differ in a part of its mix only.</summary>
    private AdFeatures FeaturesOf(AdFeatureParts[] rows)
    {
        var known = rows[0];
        var (account, ad, asOf) = known.Asked;
        var budget =
            known.DailyBudget is { } units && Currency.Find(known.Currency) is { } currency
                ? new MinorUnits(units, currency).Major
                : (decimal?)null;
        return new AdFeatures
        {
            Account = account,
            Ad = ad,
            AsOf = asOf,
            LearnedAt = known.FirstDay is null ? null : known.LearnedAt,
            DaysOld = known.FirstDay is { } first ? (asOf.Date - first).Days : null,
            Windows = [.. Windows.Zip(known.Windows, (days, sums) => sums.Of.Window(days, known.OfAccount, sums.Frequency))],
            Pacing = new AdPacing
            {
                SpentToday = known.SpentToday,
                SpentMonth = known.SpentMonth,
                DailyBudget = budget,
                DayShare = FeatureSums.Ratio(known.SpentToday, budget),
                MonthShare = FeatureSums.Ratio(known.SpentMonth, budget * DateTime.DaysInMonth(asOf.Year, asOf.Month)),
                LearnedAt = Later(known.SpendLearnedAt, known.BudgetLearnedAt),
            },
            Placements = MixKinds.Placements.Of(rows),
            Audience = MixKinds.Audience.Of(rows),
        }.AgedAt(asOf, longestFresh);
    }

    private static DateTime? Later(DateTime? one, DateTime? other) => one is null || other > one ? other : one;
}
