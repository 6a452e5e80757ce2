namespace Tradepost.Storage.Queries.Costs;

/// <summary>What a SELECT or a part of FROM gives.</summary>
/// <param name="Named">Its columns by name; null where names are not known.</param>
/// <param name="Largest">At least what each column takes.</param>
/// <param name="Columns">How many columns there are.</param>
/// <param name="Tables">How many tables, views and parts are read for it, each as often as it is named.</param>
/// <param name="Rows">How many rows there are about.</param>
internal sealed record Shape(IReadOnlyDictionary<string, Measure>? Named, Measure Largest, double Columns, double Tables, double Rows)
{
    public Shape Renamed(bool isRenamed) => isRenamed ? this with { Named = null } : this;
}

/// <summary>What an expression can name.</summary>
internal sealed class Scope(Scope? outer, double mostRows)
{
    private readonly List<Shape> sources = [];
    private readonly Dictionary<string, Measure> aliases = new(StringComparer.OrdinalIgnoreCase);

    public IReadOnlyList<Shape> Sources => sources;

    /// <summary>Rows that are worked out at a time.</summary>
    public double Rows { get; private set; } = outer?.Rows ?? 1;

    /// <summary>Tables that expressions read.</summary>
    public double Tables { get; set; }

    public void Add(Shape source)
    {
        sources.Add(source);
        Rows = Math.Clamp(Rows * source.Rows, 1, mostRows);
    }

    public void Name(string name, Measure measure) =>
        aliases[name] = aliases.TryGetValue(name, out var other) ? Measure.Longest([measure, other]) : measure;

    public Measure Largest =>
        Measure.Longest([Measure.Number, .. sources.Select(source => source.Largest), .. outer is null ? [] : new[] { outer.Largest }]);

    public Measure Find(IReadOnlyList<string> names)
    {
        var found = names.SelectMany(Find).ToList();
        return found.Count == 0 ? Largest : Measure.Longest(found);
    }

    private IEnumerable<Measure> Find(string name)
    {
        var isFound = false;
        foreach (var named in sources.Select(source => source.Named).Append(aliases))
        {
            if (named is not null && named.TryGetValue(name, out var measure))
            {
                isFound = true;
                yield return measure;
            }
        }

        foreach (var source in sources.Where(source => source.Named is null))
        {
            yield return source.Largest;
        }

        foreach (var measure in isFound ? [] : outer?.Find(name) ?? [])
        {
            yield return measure;
        }
    }
}
