using System.Text.RegularExpressions;
using Tradepost.Arguments;
using Tradepost.Storage;
using Tradepost.Storage.Migrations;
using Tradepost.Tests.Support;

namespace Tradepost.App.Tests;

/// <summary>docs/privacy.md lists the personal data of the store and the shop, and nothing that is not there.</summary>
public sealed partial class PersonalDataTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_column_that_looks_like_personal_data_is_in_the_inventory_and_every_entry_exists()
    {
        var all = (await StoreColumnsAsync()).Concat(ShopColumns()).ToHashSet();
        var suspects = all.Where(column => Suspicious().IsMatch(column[(column.LastIndexOf('.') + 1)..])).ToHashSet();
        var (kept, harmless) = Inventory();

        suspects.Except(kept.Keys).Except(harmless).ShouldBeEmpty("in neither table of docs/privacy.md");
        kept.Keys.Concat(harmless).Except(all).ShouldBeEmpty("there is no such column");
        kept.Keys.Intersect(harmless).ShouldBeEmpty("in both tables");
    }

    [Fact]
    public void What_the_program_takes_for_personal_is_what_the_inventory_lists()
    {
        var (kept, _) = Inventory();

        Domains
            .PersonalColumns.Select(column => ($"{column.Table}.{column.Column}", Spelling.Snake(column.Of.ToString())))
            .Order()
            .ShouldBe(
                kept.Where(entry => !entry.Key.StartsWith("shop.", StringComparison.Ordinal))
                    .Select(entry => (entry.Key, entry.Value))
                    .Order()
            );
    }

    private static (Dictionary<string, string> Kept, HashSet<string> Harmless) Inventory()
    {
        var sections = File.ReadAllText(RepositoryRoot.Combine("docs", "privacy.md")).Split("\n## ");
        var kept = Rows(sections.Single(section => section.StartsWith("What is kept", StringComparison.Ordinal)))
            .ToDictionary(cells => cells[0], cells => cells[1]);
        var harmless = Rows(sections.Single(section => section.StartsWith("What only looks", StringComparison.Ordinal)))
            .SelectMany(cells => cells[0].Split(", "))
            .ToList();
        harmless.Distinct().Count().ShouldBe(harmless.Count);
        return (kept, [.. harmless]);
    }

    private static IEnumerable<string[]> Rows(string section) =>
        section
            .Split('\n')
            .Where(line =>
                line.StartsWith("| ", StringComparison.Ordinal)
                && !line.StartsWith("| ---", StringComparison.Ordinal)
                && !line.StartsWith("| column ", StringComparison.Ordinal)
            )
            .Select(line => line.Trim('|', ' ').Split('|', StringSplitOptions.TrimEntries))
            .Select(cells =>
                cells.All(cell => cell.Length > 0) ? cells : throw new InvalidDataException($"A cell is empty: {string.Join(" | ", cells)}")
            );

    private static async Task<IReadOnlyList<string>> StoreColumnsAsync()
    {
        using var folder = new TemporaryFolder();
        await using var store = new DuckDbStore(folder.Combine("store.duckdb"));
        await new Migrator(store, Domains.Migrations, TimeProvider.System).MigrateAsync(Cancellation);
        await using var connection = await store.OpenAsync(Cancellation);
        await using var secrets = await store.Secrets.OpenAsync(Cancellation);
        const string columns =
            "SELECT table_name || '.' || column_name FROM information_schema.columns WHERE table_schema IN ('main', 'tradepost_private') AND table_name <> 'schema_history'";
        return
        [
            .. await connection.ReadAsync(columns, row => row.GetString(0), Cancellation),
            .. await secrets.ReadAsync(columns, row => row.GetString(0), Cancellation),
        ];
    }

    // The warehouse's own description is held against the migrations by another test.
    private static IEnumerable<string> ShopColumns() =>
        from file in new[] { "auth", "catalog", "orders", "payments" }
        from table in Table().Matches(File.ReadAllText(RepositoryRoot.Combine("schemas", "retail", $"{file}.dbml")))
        from column in Column().Matches(table.Groups["body"].Value)
        where column.Groups["name"].Value != "Note" && column.Groups["name"].Value != "indexes"
        select $"shop.{table.Groups["name"].Value}.{column.Groups["name"].Value}";

    [GeneratedRegex(
        "mail|name|phone|address|birth|passport|(^|_)ip$|user|_by$|client|author|actor|subject|text|message|^row$|problem|person|worker|reason|note",
        RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Suspicious();

    [GeneratedRegex(
        @"^Table (?<name>\w+) \{(?<body>.*?)^\}",
        RegexOptions.Singleline | RegexOptions.Multiline | RegexOptions.ExplicitCapture,
        1000
    )]
    private static partial Regex Table();

    [GeneratedRegex(@"^  (?<name>\w+) \w+", RegexOptions.Multiline | RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Column();
}
