using System.Globalization;
using System.Text;
using Tradepost.Storage.Queries.Costs;

namespace Tradepost.Storage.Queries.Server;

/// <summary>Reads what a query on PostgreSQL works out, for its cost.</summary>
/// <param name="functions">The names of functions by their ids.</param>
/// <param name="tables">The names of tables by their ids.</param>
internal sealed class PostgresTerms(IReadOnlyDictionary<uint, string> functions, IReadOnlyDictionary<uint, TableName> tables, uint view)
{
    private const uint Numeric = 1700;

    /// <summary>As many letters as a number of type numeric can have.</summary>
    private const double MostDigits = 131_072;

    /// <summary>bool, whole and floating numbers, money, days, times, intervals, uuid, oid, "char".</summary>
    private static readonly HashSet<uint> FixedTypes =
    [
        16,
        18,
        20,
        21,
        23,
        26,
        27,
        28,
        29,
        700,
        701,
        790,
        1082,
        1083,
        1114,
        1184,
        1186,
        1266,
        2950,
        3220,
    ];

    private static readonly HashSet<string> Exploding = new(StringComparer.Ordinal)
    {
        "power",
        "pow",
        "exp",
        "factorial",
        "numeric_power",
        "numeric_exp",
        "dpow",
    };

    private readonly Stack<TreeNode> levels = new();
    private readonly Stack<Dictionary<string, Common>> commons = new();

    public Select Of(TreeNode query)
    {
        levels.Push(query);
        commons.Push([]);
        try
        {
            List<Common> with = [.. query.Nodes("cteList").Select(OfCommon)];
            var isSet = query.Node("setOperations") is not null;
            var from = query.Nodes("rtable").SelectMany(Source).ToList();
            var outputs = query.Nodes("targetList").Select(entry => new Output(entry.Text("resname"), Of(entry.Nodes("expr")))).ToList();
            return new Select
            {
                With = with,
                Parts = isSet ? [.. from.OfType<Source.Derived>().Select(part => part.Select)] : [],
                From = isSet ? [] : from,
                Outputs = isSet ? [] : outputs,
                Others = [.. query.Others("cteList", "rtable", "targetList", "setOperations", "rteperminfos").Select(OfNode)],
                GroupingSets = query.Nodes("groupingSets").Aggregate(1, (sets, node) => Math.Min(1_000_000, sets * Sets(node))),
            };
        }
        finally
        {
            levels.Pop();
            commons.Pop();
        }
    }

    private static int Sets(TreeNode node)
    {
        var inside = node.Nodes("content").ToList();
        var (kind, columns) = (node.Number("kind"), Math.Max(inside.Count, node.Words("content").Count(word => word != "i")));
        return kind switch
        {
            2 => columns + 1,
            3 => 1 << Math.Min(20, columns),
            4 => Math.Max(1, inside.Sum(Sets)),
            _ => 1,
        };
    }

    private Common OfCommon(TreeNode node)
    {
        var common = new Common(node.Text("ctename") ?? "")
        {
            IsRenamed = node.Text("aliascolnames") is not null || node.Words("aliascolnames").Count > 0,
        };
        var query = node.Node("ctequery")!; // what stands behind WITH is a query
        if (node.Text("cterecursive") == "true" && query.Node("setOperations") is not null)
        {
            var parts = query
                .Nodes("rtable")
                .Where(part => part.Node("subquery") is not null)
                .Select(part => part.Node("subquery")!)
                .ToList(); // just looked at
            levels.Push(query);
            commons.Push([]);
            common.Select = Of(parts[0]);
            commons.Pop();
            commons.Peek()[common.Name] = common;
            commons.Push([]);
            common.Again = new Select { Parts = [.. parts.Skip(1).Select(Of)] };
            commons.Pop();
            levels.Pop();
            return common;
        }

        common.Select = Of(query);
        commons.Peek()[common.Name] = common;
        return common;
    }

    private IEnumerable<Source> Source(TreeNode entry)
    {
        var isRenamed = entry.Node("alias")?.Words("colnames").Any(word => word != "<>") ?? false;
        return entry.Number("rtekind") switch
        {
            0 when entry.Id("relid") != view => [new Source.Table(tables[entry.Id("relid")], isRenamed)],
            1 when entry.Node("subquery") is { } subquery => [new Source.Derived(Of(subquery), isRenamed)],
            3 or 5 => [new Source.Values([.. entry.Others("alias", "eref").Select(OfNode)], IsRenamed: true)],
            6 => [new Source.Named(Common(entry.Text("ctename") ?? "", entry.Number("ctelevelsup")), isRenamed)],
            _ => [],
        };
    }

    private Common Common(string name, int levelsUp) =>
        commons.Skip(levelsUp).FirstOrDefault(level => level.ContainsKey(name))?[name]
        ?? commons.First(level => level.ContainsKey(name))[name];

    private Term Of(IEnumerable<TreeNode> nodes)
    {
        var terms = nodes.Select(OfNode).ToList();
        return terms.Count == 1 ? terms[0] : new Term.Choice(terms);
    }

    private Term OfNode(TreeNode node) =>
        node.Tag switch
        {
            "VAR" => Variable(node),
            "CONST" => Constant(node),
            "FUNCEXPR" => Typed(Call(node, "funcid", node.Nodes("args")), node.Id("funcresulttype")),
            "OPEXPR" => Typed(Call(node, "opfuncid", node.Nodes("args")), node.Id("opresulttype")),
            "AGGREF" => Call(
                node,
                "aggfnoid",
                node.Nodes("args"),
                beside: [.. node.Nodes("aggorder"), .. node.Nodes("aggfilter"), .. node.Nodes("aggdirectargs")]
            ),
            "WINDOWFUNC" => Call(node, "winfnoid", node.Nodes("args"), isOverRows: true, node.Nodes("aggfilter")),
            "SUBLINK" => Link(node),
            "QUERY" => new Term.Query(Of(node)),
            "COERCEVIAIO" => new Term.Cast(Of(node.Nodes("arg")), FixedTypes.Contains(node.Id("resulttype"))),
            "ARRAYEXPR" or "ARRAY" or "ROWEXPR" or "ROW" or "JSONCONSTRUCTOREXPR" => new Term.Call("array_cat", Inside(node)),
            "CASEEXPR"
            or "CASE"
            or "CASEWHEN"
            or "WHEN"
            or "COALESCEEXPR"
            or "COALESCE"
            or "MINMAXEXPR"
            or "MINMAX"
            or "NULLIFEXPR"
            or "FIELDSELECT"
            or "SUBSCRIPTINGREF"
            or "RELABELTYPE"
            or "COERCETODOMAIN"
            or "ARRAYCOERCEEXPR"
            or "COLLATEEXPR"
            or "COLLATE"
            or "TARGETENTRY"
            or "NAMEDARGEXPR" => new Term.Choice(Inside(node)),
            _ => new Term.Fact(Inside(node)),
        };

    private List<Term> Inside(TreeNode node) => [.. node.Others().Select(OfNode)];

    private Term Variable(TreeNode node)
    {
        var level = levels.Skip(node.Number("varlevelsup")).FirstOrDefault() ?? levels.Peek();
        var entry = level.Nodes("rtable").ElementAtOrDefault(node.Number("varno") - 1);
        var names = entry?.Node("eref")?.Words("colnames") ?? [];
        var column = node.Number("varattno");
        if (column == 0)
        {
            return new Term.AllColumns([]);
        }

        var named = new Term.Column(column > 0 && column <= names.Count ? [names[column - 1]] : []);
        return FixedTypes.Contains(node.Id("vartype")) ? new Term.Fact([named]) : named;
    }

    private static Term.Value Constant(TreeNode node)
    {
        var bytes = node.Words("constvalue")
            .Skip(1)
            .Select(word => unchecked((byte)int.Parse(word, CultureInfo.InvariantCulture)))
            .ToArray();
        return node.Id("consttype") switch
        {
            23 when bytes.Length >= 4 => new Term.Value(Measure.NumberBytes, Amount: BitConverter.ToInt32(bytes)),
            20 when bytes.Length >= 8 => new Term.Value(Measure.NumberBytes, Amount: BitConverter.ToInt64(bytes)),
            25 or 1043 when bytes.Length > 4 => new Term.Value(bytes.Length, Encoding.UTF8.GetString(bytes.AsSpan(4))),
            25 or 1043 => new Term.Value(Measure.NumberBytes, ""),
            _ => new Term.Value(Math.Max(Measure.NumberBytes, 2 * bytes.Length)),
        };
    }

    private Term.Call Call(
        TreeNode node,
        string field,
        IEnumerable<TreeNode> arguments,
        bool isOverRows = false,
        IEnumerable<TreeNode>? beside = null
    )
    {
        List<Term> terms = [.. arguments.Select(OfNode)];
        if (beside?.Select(OfNode).ToList() is { Count: > 0 } others)
        {
            terms.Add(new Term.Fact(others));
        }

        return new Term.Call(functions.GetValueOrDefault(node.Id(field), ""), terms, isOverRows);
    }

    /// <summary>
    /// A function that is on no list, behind an operator or a cast, makes a value of its type: a number of its digits, anything else as
    /// long as what comes in.
    /// </summary>
    private static Term Typed(Term.Call call, uint type) =>
        type switch
        {
            Numeric when Exploding.Contains(call.Function) => new Term.Choice([new Term.Value(MostDigits), .. call.Arguments]),
            Numeric when call.Function is "numeric_mul" => new Term.Call("concat", call.Arguments),
            Numeric when AllowedFunctions.OfPostgres.GrowthOf(call.Function) == Growth.Fixed => new Term.Choice([
                new Term.Value(40),
                .. call.Arguments,
            ]),
            _ when call.Function is "bpchar" && call.Arguments is [var text, Term.Value { Amount: { } letters }, ..] => new Term.Choice([
                text,
                new Term.Value(4 * letters),
            ]),
            _ when !AllowedFunctions.OfPostgres.Has(call.Function) && !FixedTypes.Contains(type) => new Term.Choice([
                .. call.Arguments,
                new Term.Value(64),
            ]),
            _ => call,
        };

    private Term Link(TreeNode node)
    {
        var query = new Term.Query(Of(node.Node("subselect")!)); // what a link leads to
        return node.Number("subLinkType") switch
        {
            4 => query,
            6 => new Term.Call("array_agg", [query]),
            _ => new Term.Fact([query, .. node.Nodes("testexpr").Select(OfNode)]),
        };
    }
}
