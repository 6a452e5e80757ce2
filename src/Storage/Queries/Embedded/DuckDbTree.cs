using System.Text.Json;
using System.Text.RegularExpressions;
using Tradepost.Storage.Queries.Costs;

namespace Tradepost.Storage.Queries.Embedded;

/// <summary>
/// A query as DuckDB's own parser takes it apart (<c>json_serialize_sql</c>): which tables and functions it names, and what it works
/// out. A part of a tree that is not known here is refused, so that one which a later DuckDB adds is until somebody has looked at it.
/// </summary>
internal sealed partial class DuckDbTree
{
    private static readonly HashSet<string> Selects = new(StringComparer.Ordinal)
    {
        "SELECT_NODE",
        "SET_OPERATION_NODE",
        "RECURSIVE_CTE_NODE",
        "CTE_NODE",
    };

    private static readonly HashSet<string> Sources = new(StringComparer.Ordinal)
    {
        "BASE_TABLE",
        "SUBQUERY",
        "JOIN",
        "TABLE_FUNCTION",
        "EMPTY",
        "EXPRESSION_LIST",
        "SHOW_REF",
        "PIVOT",
    };

    private static readonly HashSet<string> Parts = new(StringComparer.Ordinal)
    {
        "ORDER_MODIFIER",
        "LIMIT_MODIFIER",
        "LIMIT_PERCENT_MODIFIER",
        "DISTINCT_MODIFIER",
        "ORDER_DEFAULT",
        "ASCENDING",
        "DESCENDING",
    };

    private readonly Dictionary<string, List<Common>> commons = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> commonNames = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> functions = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> tableFunctions = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<TableName> tables = [];
    private readonly HashSet<string> aliases = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> columns = new(StringComparer.OrdinalIgnoreCase);
    private readonly ExpressionTerms expressions;
    private List<Term> others = [];

    private DuckDbTree() => expressions = new ExpressionTerms(functions, columns, Select, Terms, term => others.Add(term));

    /// <summary>The whole query.</summary>
    public Select Root { get; private set; } = new();

    public IReadOnlyCollection<string> Functions => functions;

    /// <summary>Functions that stand behind FROM.</summary>
    public IReadOnlyCollection<string> TableFunctions => tableFunctions;

    /// <summary>What stands behind FROM and is none of the query's own parts.</summary>
    public IReadOnlyCollection<TableName> Tables => tables;

    /// <summary>The names that the query gives to its own parts.</summary>
    public IReadOnlyCollection<string> CommonNames => commonNames;

    /// <summary>Every part of every name of a column.</summary>
    public IReadOnlyCollection<string> Columns => columns;

    /// <summary>
    /// Whether columns are read without their own names: by *, by their number, under names of the query's own, or as what they are joined
    /// by.
    /// </summary>
    public bool ReadsUnnamed { get; private set; }

    public static DuckDbTree Read(JsonElement statement)
    {
        var tree = new DuckDbTree();
        tree.Root = tree.Select(statement.GetProperty("node"));
        tree.ReadsUnnamed |= tree.expressions.ReadsUnnamed || tree.expressions.Whole.Any(tree.aliases.Contains);
        return tree;
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString()
            : null;

    private static bool IsRenamed(JsonElement element, string property) =>
        element.TryGetProperty(property, out var names) && names.GetArrayLength() > 0;

    private static QueryRefusedException Refused(string part) => new($"A query may not have the part {part.Replace('_', ' ')}.");

    private Select Select(JsonElement node)
    {
        var (outer, named) = (others, new List<string>());
        others = [];
        try
        {
            List<Common> with = [.. Commons(node, named)];
            var type = Text(node, "type") ?? "";
            return type switch
            {
                "SELECT_NODE" => Plain(node, with),
                "SET_OPERATION_NODE" => Rest(
                    new Select { With = with, Parts = [.. PartsOf(node).Select(Select)] },
                    node,
                    ["cte_map", "left", "right", "children", "type"]
                ),
                "RECURSIVE_CTE_NODE" => Recursive(node, with, named),
                "CTE_NODE" => Materialized(node, with, named),
                _ => throw Refused(type),
            };
        }
        finally
        {
            others = outer;
            named.ForEach(name => commons[name].RemoveAt(commons[name].Count - 1));
        }
    }

    private static List<JsonElement> PartsOf(JsonElement node) =>
        node.TryGetProperty("children", out var children)
            ? [.. children.EnumerateArray()]
            : [node.GetProperty("left"), node.GetProperty("right")];

    private Select Plain(JsonElement node, List<Common> with)
    {
        var from = node.TryGetProperty("from_table", out var table) ? From(table).ToList() : [];
        var sets = node.TryGetProperty("group_sets", out var groups) ? groups.GetArrayLength() : 1;
        var outputs = node.GetProperty("select_list")
            .EnumerateArray()
            .Select(item => new Output(NameOf(item), expressions.Of(item)))
            .ToList();
        return Rest(
            new Select
            {
                With = with,
                From = from,
                Outputs = outputs,
                GroupingSets = sets,
            },
            node,
            ["cte_map", "from_table", "select_list", "group_sets", "type"]
        );
    }

    private static string? NameOf(JsonElement item) =>
        Text(item, "alias") ?? (item.TryGetProperty("column_names", out var names) ? names[names.GetArrayLength() - 1].GetString() : null);

    /// <summary>Whatever else a part has is worked out beside it.</summary>
    private Select Rest(Select select, JsonElement node, ReadOnlySpan<string> read)
    {
        foreach (var property in node.EnumerateObject())
        {
            if (!read.Contains(property.Name))
            {
                others.AddRange(Terms(property.Value));
            }
        }

        return select with
        {
            Others = others,
        };
    }

    private IEnumerable<Common> Commons(JsonElement node, List<string> named)
    {
        if (!node.TryGetProperty("cte_map", out var ctes) || !ctes.TryGetProperty("map", out var map))
        {
            yield break;
        }

        foreach (var entry in map.EnumerateArray())
        {
            var (name, value) = (entry.GetProperty("key").GetString()!, entry.GetProperty("value")); // a key of a map is a text
            var query = value.GetProperty("query").GetProperty("node");
            var common =
                Text(query, "type") == "RECURSIVE_CTE_NODE"
                    ? Recursive(name, query, IsRenamed(value, "aliases"))
                    : new Common(name) { Select = Select(query), IsRenamed = IsRenamed(value, "aliases") };
            Name(common, named);
            yield return common;
        }
    }

    private Select Recursive(JsonElement node, List<Common> with, List<string> named)
    {
        var common = Recursive(Text(node, "cte_name") ?? "", node, isRenamed: true);
        Name(common, named);
        return new Select
        {
            With = [.. with, common],
            From = [new Source.Named(common, IsRenamed: true)],
            Outputs = [new Output(null, new Term.AllColumns([]))],
        };
    }

    private Common Recursive(string name, JsonElement node, bool isRenamed)
    {
        var common = new Common(name) { Select = Select(node.GetProperty("left")), IsRenamed = isRenamed };
        var inside = new List<string>();
        Name(common, inside);
        var again = Select(node.GetProperty("right"));
        others.AddRange(
            node.EnumerateObject()
                .Where(property => property.Name is not ("left" or "right" or "cte_map"))
                .SelectMany(property => Terms(property.Value))
        );
        commons[inside[0]].RemoveAt(commons[inside[0]].Count - 1);
        common.Again = again;
        return common;
    }

    private Select Materialized(JsonElement node, List<Common> with, List<string> named)
    {
        var common = new Common(Text(node, "cte_name") ?? "")
        {
            Select = Select(node.GetProperty("query")),
            IsRenamed = IsRenamed(node, "aliases"),
        };
        Name(common, named);
        return new Select
        {
            With = [.. with, common],
            From = [new Source.Derived(Select(node.GetProperty("child")), IsRenamed: false)],
            Outputs = [new Output(null, new Term.AllColumns([]))],
        };
    }

    // The name of a file would be taken for that file where the name does not reach.
    private void Name(Common common, List<string> named)
    {
        if (!PlainName().IsMatch(common.Name))
        {
            throw new QueryRefusedException($"WITH gives the name \"{common.Name}\"; only letters, digits and _ are allowed in it.");
        }

        if (!commons.TryGetValue(common.Name, out var same))
        {
            commons[common.Name] = same = [];
        }

        same.Add(common);
        named.Add(common.Name);
        commonNames.Add(common.Name);
    }

    private List<Source> From(JsonElement table)
    {
        var type = Text(table, "type") ?? "";
        var isRenamed = IsRenamed(table, "column_name_alias");
        switch (type)
        {
            case "EMPTY":
                return [];
            case "BASE_TABLE":
                others.AddRange(
                    table.EnumerateObject().Where(property => property.Name != "type").SelectMany(property => Terms(property.Value))
                );
                return [Table(table, isRenamed)];
            case "SUBQUERY":
                return [new Source.Derived(Select(table.GetProperty("subquery").GetProperty("node")), isRenamed)];
            case "JOIN":
                List<Source> sides = [.. From(table.GetProperty("left")), .. From(table.GetProperty("right"))];
                others.AddRange(
                    table
                        .EnumerateObject()
                        .Where(property => property.Name is not ("left" or "right" or "type"))
                        .SelectMany(property => Terms(property.Value))
                );
                columns.UnionWith(
                    table.TryGetProperty("using_columns", out var shared) ? shared.EnumerateArray().Select(name => name.GetString()!) : []
                ); // names are texts
                ReadsUnnamed |= Text(table, "ref_type") == "NATURAL";
                return sides;
            case "TABLE_FUNCTION":
                return [Function(table)];
            case "SHOW_REF" when !table.TryGetProperty("query", out _):
                var list = Text(table, "table_name");
                return list is "\"tables\"" ? [new Source.Values([Term.Number], IsRenamed: true)] : throw Refused($"SHOW {list}");
            case "EXPRESSION_LIST" or "SHOW_REF" or "PIVOT":
                ReadsUnnamed |= type != "EXPRESSION_LIST";
                return
                [
                    new Source.Values(
                        [
                            .. table
                                .EnumerateObject()
                                .Where(property => property.Name != "type")
                                .SelectMany(property => Terms(property.Value)),
                        ],
                        IsRenamed: true
                    ),
                ];
            default:
                throw Refused(type);
        }
    }

    private Source Table(JsonElement table, bool isRenamed)
    {
        if (table.TryGetProperty("at_clause", out _))
        {
            throw Refused("AT");
        }

        var name = new TableName(Text(table, "catalog_name"), Text(table, "schema_name"), Text(table, "table_name") ?? "");
        if (name is { Catalog: null, Schema: null } && commons.TryGetValue(name.Name, out var same) && same.Count > 0)
        {
            return new Source.Named(same[^1], isRenamed);
        }

        tables.Add(name);
        aliases.Add(Text(table, "alias") ?? name.Name);
        ReadsUnnamed |= isRenamed;
        return new Source.Table(name, isRenamed);
    }

    private Source.Values Function(JsonElement table)
    {
        var function = table.GetProperty("function");
        if (Text(function, "class") != "FUNCTION")
        {
            throw Refused(Text(function, "class") ?? "expression behind FROM");
        }

        tableFunctions.Add(Text(function, "function_name")!); // a function has a name
        var rest = table.EnumerateObject().Where(property => property.Name is not ("function" or "type"));
        return new Source.Values(
            [.. function.EnumerateObject().Concat(rest).SelectMany(property => Terms(property.Value))],
            IsRenamed: true
        );
    }

    /// <summary>The expressions, queries and sources anywhere below an element.</summary>
    private IEnumerable<Term> Terms(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            return [.. element.EnumerateArray().SelectMany(Terms)];
        }

        if (element.ValueKind != JsonValueKind.Object)
        {
            return [];
        }

        if (element.TryGetProperty("class", out _))
        {
            return [expressions.Of(element)];
        }

        var type = Text(element, "type");
        return type is null || Parts.Contains(type) || type.EndsWith("_TYPE_INFO", StringComparison.Ordinal)
                ? [.. element.EnumerateObject().SelectMany(property => Terms(property.Value))]
            : Selects.Contains(type) ? [new Term.Query(Select(element))]
            : Sources.Contains(type)
                ? [new Term.Query(new Select { From = [.. From(element)], Outputs = [new Output(null, new Term.AllColumns([]))] })]
            : throw Refused(type);
    }

    [GeneratedRegex(@"\A\w+\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PlainName();
}
