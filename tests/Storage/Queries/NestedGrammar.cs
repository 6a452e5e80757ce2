namespace Tradepost.Storage.Tests.Queries;

/// <summary>Queries of parts in parts: each may be small and the whole huge.</summary>
internal sealed class NestedGrammar(int seed, string kind)
{
    private readonly Random random = new(seed);
    private int names;

    public string Next() => Query(random.Next(1, 6));

    private string Query(int depth) =>
        random.Next(7) switch
        {
            _ when depth == 0 => $"SELECT {Text(0)} AS a FROM {From(0)}",
            0 => $"SELECT {Text(depth)} AS a FROM {From(depth)}",
            1 => $"SELECT {Aggregate(depth)} AS a FROM {From(depth)}",
            2 => $"{Query(Less(depth))} UNION ALL {Query(Less(depth))}",
            3 => With(depth),
            4 => $"SELECT a FROM ({Query(Less(depth))}) q{++names} WHERE {Text(depth)} <> 'b' ORDER BY 1",
            5 => $"SELECT DISTINCT {Text(depth)} AS a FROM {From(depth)} GROUP BY {(kind == "duckdb" ? "ALL" : "a")}",
            _ => $"SELECT {Number(depth)}::varchar AS a FROM {From(depth)} LIMIT {random.Next(100_000)}",
        };

    private string With(int depth)
    {
        var name = $"w{++names}";
        var chain = Enumerable
            .Range(1, random.Next(1, 12))
            .Select(i => $"{name}_{i} AS (SELECT {Join("x.a", "y.a")} AS a FROM {name}_{i - 1} x, {name}_{i - 1} y)");
        return random.Next(3) == 0
            ? $"SELECT a FROM (WITH RECURSIVE {name} AS (SELECT 'x'::varchar AS a UNION ALL SELECT ({Join("a", Constant())})::varchar FROM {name} WHERE length(a) < {random.Next(1, 100_000)}) SELECT a FROM {name}) r{names}"
            : $"SELECT a FROM (WITH {name}_0 AS ({Query(Less(depth))}), {string.Join(", ", chain)} SELECT a FROM {name}_1) c{names}";
    }

    private string From(int depth) =>
        random.Next(depth == 0 ? 2 : 0, 5) switch
        {
            0 => $"({Query(Less(depth))}) f{++names}",
            1 => $"({Query(Less(depth))}) f{++names}, {Series()} s{names}(i)",
            2 => "(SELECT name AS a, id FROM items) f" + ++names,
            3 => $"(SELECT i::varchar AS a FROM {Series()} g{++names}(i)) f{names}",
            _ => $"(SELECT 'x'::varchar AS a) f{++names}",
        };

    private string Series() => $"{(kind == "duckdb" ? "range" : "generate_series")}(1, {Math.Pow(10, random.Next(1, 9)):0})";

    private string Text(int depth) =>
        random.Next(9) switch
        {
            _ when depth == 0 => random.Next(3) == 0 ? "a" : Constant(),
            0 => Join(Text(Less(depth)), Text(Less(depth))),
            1 => $"upper({Text(Less(depth))})",
            2 => $"replace({Text(Less(depth))}, {Constant()}, {Text(Less(depth))})",
            3 => $"concat({Text(Less(depth))}, {Text(Less(depth))}, {Constant()})",
            4 => $"CASE WHEN {Number(depth)} > 1 THEN {Text(Less(depth))} ELSE {Constant()} END",
            5 => $"(SELECT max(a) FROM ({Query(Less(depth))}) t{++names})",
            6 => $"left({Text(Less(depth))}, {random.Next(1, 1000)})",
            7 => Constant(),
            _ => "a",
        };

    private string Aggregate(int depth) =>
        random.Next(5) switch
        {
            0 => $"string_agg({Text(Less(depth))}, ',')",
            1 => $"max({Text(Less(depth))})",
            2 => $"count(DISTINCT {Text(Less(depth))})::varchar",
            3 => $"array_agg({Text(Less(depth))})::varchar",
            _ => $"sum({Number(depth)})::varchar",
        };

    private string Number(int depth) =>
        random.Next(4) switch
        {
            _ when depth == 0 => $"length({Text(0)})",
            0 => $"length({Text(Less(depth))})",
            1 => $"({Number(Less(depth))} + {Number(Less(depth))})",
            2 => random.Next(1000).ToString(System.Globalization.CultureInfo.InvariantCulture),
            _ => $"ascii({Text(Less(depth))})",
        };

    private static string Join(string a, string b) => $"{a} || {b}";

    private string Constant() => $"'{new string((char)('a' + random.Next(3)), random.Next(1, 200))}'";

    private static int Less(int depth) => Math.Max(0, depth - 1);
}
