using System.Data.Common;
using Tradepost.Advertising;
using Tradepost.App.Users;
using Tradepost.Jobs;
using Tradepost.Jobs.Alerts;
using Tradepost.Marketplace;
using Tradepost.Retail;
using Tradepost.Serving;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Migrations;
using Tradepost.Storage.Queries;
using Tradepost.Trading;
using Tradepost.Training;

namespace Tradepost.App;

/// <summary>Everything the application is made of: one line for each domain.</summary>
internal static class Domains
{
    public static IReadOnlyList<Domain> All { get; } =
    [RetailDomain.AddRetail(), MarketplaceDomain.AddMarketplace(), TradingDomain.AddTrading(), AdvertisingDomain.AddAdvertising()];

    /// <summary>Every setting there is.</summary>
    public static IReadOnlyList<Setting> Settings { get; } = [.. SettingNames.All, .. All.SelectMany(domain => domain.Settings)];

    public static IReadOnlyList<MigrationSet> Migrations { get; } =
    [StorageMigrations.Set, JobsMigrations.Set, UserMigrations.Set, TrainingMigrations.Set, .. All.Select(domain => domain.Migrations)];

    /// <summary>Every job there is.</summary>
    public static JobCatalogue Catalogue { get; } =
        new(All.SelectMany(domain => domain.Jobs), All.SelectMany(domain => domain.Schedules))
        {
            Migrations = Migrations,
            OwnFolders = [.. All.SelectMany(domain => domain.OwnFolders)],
            Losses =
            [
                .. All.Select(domain => domain.Losses)
                    .OfType<Func<DbConnection, DateTime, TimeSpan, CancellationToken, Task<IReadOnlyList<Loss>>>>(),
            ],
        };

    /// <summary>
    /// Tables that no query may read and the data browser does not show: what people sign in with, and addresses that are secrets.
    /// </summary>
    public static IReadOnlyList<string> HiddenTables { get; } = [.. UserMigrations.PrivateTables, .. JobsMigrations.PrivateTables];

    /// <summary>Every column of the store with personal data, as docs/privacy.md lists them; by SQL they are for administrators.</summary>
    public static IReadOnlyList<PersonalColumn> PersonalColumns { get; } =
    [
        .. All.SelectMany(domain => domain.PersonalColumns),
        .. JobsMigrations.PersonalColumns,
        .. UserMigrations.PersonalColumns,
        new("rejects", "row", PersonKind.Customer),
        new("rejects", "problem", PersonKind.Customer),
        new("model_versions", "created_by", PersonKind.Staff),
        new("model_promotions", "decided_by", PersonKind.Staff),
    ];

    /// <summary>
    /// What queries of those who are no administrators may not read: data about customers, also where a load has its tables ready or aside.
    /// </summary>
    public static WithheldColumns WithheldColumns { get; } =
        new(
            PersonalColumns
                .Where(column => column.Of == PersonKind.Customer)
                .SelectMany(column => new[] { "", "_next", "_displaced" }.Select(suffix => (column.Table + suffix, column.Column)))
        );

    /// <summary>Tables that make a store act by itself: a copy that is to do nothing lacks their rows.</summary>
    public static IReadOnlyList<string> TablesThatAct => JobsMigrations.TablesThatAct;

    /// <summary>What the domains' routes and commands share in the process of a server that starts now.</summary>
    public static IReadOnlyList<object> NewShared(TimeProvider time) => [.. All.SelectMany(domain => domain.Shared(time))];

    public static IEnumerable<JobDefinition> Jobs => Catalogue.All;
}
