using Tradepost.Storage.Queries.Costs;

namespace Tradepost.Storage.Queries;

/// <summary>The functions that a query may call, read from the list beside this file, which says what is on it.</summary>
internal sealed class AllowedFunctions
{
    private const string Table = "table";

    private readonly Dictionary<string, Growth> values = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> tables = new(StringComparer.OrdinalIgnoreCase);

    private AllowedFunctions(string store)
    {
        using var stream = typeof(AllowedFunctions).Assembly.GetManifestResourceStream($"Queries/functions.{store}.txt")!; // built in
        using var reader = new StreamReader(stream);
        while (reader.ReadLine() is { } line)
        {
            var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            switch (words)
            {
                case [] or ["#", ..]:
                    break;
                case [Table, .. var names]:
                    tables.UnionWith(names);
                    break;
                case [var growth, .. var names]:
                    foreach (var name in names)
                    {
                        values.Add(name, Enum.Parse<Growth>(growth, ignoreCase: true));
                    }

                    break;
            }
        }
    }

    public static AllowedFunctions OfDuckDb { get; } = new("duckdb");

    public static AllowedFunctions OfPostgres { get; } = new("postgres");

    public IReadOnlyCollection<string> Values => values.Keys;

    public IReadOnlyCollection<string> Tables => tables;

    public bool Has(string name) => values.ContainsKey(name);

    /// <summary>Whether the function may stand behind FROM.</summary>
    public bool HasTable(string name) => tables.Contains(name);

    /// <summary>How long what it makes is; operators, which are on no list, make numbers.</summary>
    public Growth GrowthOf(string name) => values.GetValueOrDefault(name, Growth.Fixed);
}
