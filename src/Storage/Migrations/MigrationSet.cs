using System.Globalization;
using System.Reflection;
using System.Text.RegularExpressions;
using Tradepost.Storage.Dialects;

namespace Tradepost.Storage.Migrations;

/// <summary>
/// The migrations of one owner (a domain, the jobs, …), as files named <c>001_name.sql</c>, in which <see cref="Placeholders"/> stand for
/// what differs between stores; or <c>001_name.postgres.sql</c> and <c>001_name.duckdb.sql</c> where more does. A number that has files
/// only for other stores is left out.
/// <c>001_name.secrets.sql</c> is for the file of secrets beside an embedded store, before the store's own part.
/// </summary>
public sealed partial class MigrationSet
{
    private const string SecretsName = "secrets";

    private static readonly string[] Dialects = [new DuckDbDialect().Name, new PostgresDialect().Name, SecretsName];

    private readonly IReadOnlyList<(Migration Migration, string? Dialect)> files;

    public MigrationSet(string owner, IEnumerable<KeyValuePair<string, string>> files)
    {
        Owner = owner;
        this.files = [.. files.Select(file => Read(owner, file.Key, file.Value)).OrderBy(file => file.Migration.Number)];
        foreach (var number in this.files.GroupBy(file => file.Migration.Number))
        {
            Check(number.Key, [.. number]);
        }
    }

    public string Owner { get; }

    /// <summary>Tables of secrets that belong into a backup.</summary>
    public IReadOnlyList<string> SecretsInBackups { get; init; } = [];

    /// <summary>Tables that older backups may hold and that are not restored.</summary>
    public IReadOnlyList<string> NotRestored { get; init; } = [];

    /// <summary>What is applied to the file of secrets, in order.</summary>
    internal IEnumerable<Migration> ForSecrets => files.Where(file => file.Dialect == SecretsName).Select(file => file.Migration);

    private MigrationSet(string owner, IReadOnlyList<(Migration Migration, string? Dialect)> files)
    {
        Owner = owner;
        this.files = files;
    }

    /// <summary>The set that is embedded in an assembly's <c>Migrations</c> folder.</summary>
    public static MigrationSet FromAssembly(
        string owner,
        Assembly assembly,
        IReadOnlyList<string>? secretsInBackups = null,
        IReadOnlyList<string>? notRestored = null
    )
    {
        const string folder = "Migrations/";
        return new MigrationSet(
            owner,
            assembly
                .GetManifestResourceNames()
                .Where(name => name.StartsWith(folder, StringComparison.Ordinal) && name.EndsWith(".sql", StringComparison.Ordinal))
                .Select(name => KeyValuePair.Create(name[folder.Length..], ReadResource(assembly, name)))
        )
        {
            SecretsInBackups = secretsInBackups ?? [],
            NotRestored = notRestored ?? [],
        };
    }

    /// <summary>The migrations for one kind of store, in order.</summary>
    public IReadOnlyList<Migration> For(Dialect dialect) =>
        [
            .. files
                .GroupBy(file => file.Migration.Number)
                .Select(number => number.FirstOrDefault(f => f.Dialect == dialect.Name, number.FirstOrDefault(f => f.Dialect is null)))
                .Where(file => file.Migration is not null)
                .Select(file => file.Dialect is null ? Placeholders.Fill(file.Migration, dialect) : file.Migration),
        ];

    /// <summary>The set without the migrations that a predicate refuses.</summary>
    internal MigrationSet Where(Func<Migration, bool> predicate) =>
        new(Owner, [.. files.Where(file => predicate(file.Migration))]) { SecretsInBackups = SecretsInBackups, NotRestored = NotRestored };

    private static (Migration Migration, string? Dialect) Read(string owner, string fileName, string sql)
    {
        var match = FileName().Match(fileName);
        if (!match.Success)
        {
            throw new MigrationException($"{owner}: {fileName} is not named like 001_create_orders.sql or 001_create_orders.postgres.sql.");
        }

        var dialect = match.Groups["dialect"] is { Success: true, Value: var name } ? name : null;
        if (dialect is not null && !Dialects.Contains(dialect))
        {
            throw new MigrationException(
                $"{owner}: {fileName} is for a store called {dialect}; there are {string.Join(" and ", Dialects[..2])}."
            );
        }

        var migration = new Migration(
            owner,
            int.Parse(match.Groups["number"].ValueSpan, CultureInfo.InvariantCulture),
            match.Groups["name"].Value,
            sql
        );
        return migration.NeedsNoTransaction && dialect != new PostgresDialect().Name
            ? throw new MigrationException(
                $"{owner}: {fileName} asks for no transaction, which only PostgreSQL has a use for; its name ends in .postgres.sql."
            )
            : (migration, dialect);
    }

    private void Check(int number, IReadOnlyList<(Migration Migration, string? Dialect)> same)
    {
        if (
            same.Select(file => file.Migration.Name).Distinct().Count() > 1
            || same.Select(file => file.Dialect).Distinct().Count() < same.Count
        )
        {
            throw new MigrationException(
                $"{Owner}: number {number} is used by {string.Join(" and by ", same.Select(file => file.Migration.Name))}; give each "
                    + "migration a number of its own."
            );
        }
    }

    private static string ReadResource(Assembly assembly, string name)
    {
        using var stream = assembly.GetManifestResourceStream(name)
            ?? throw new MigrationException($"{assembly.GetName().Name} has no resource {name}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [GeneratedRegex(
        @"^(?<number>\d{3,6})_(?<name>[a-z0-9_]+)(\.(?<dialect>[a-z]+))?\.sql$",
        RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000
    )]
    private static partial Regex FileName();
}
