using System.Globalization;

namespace Tradepost.Storage.Queries.Server;

/// <summary>
/// A query as PostgreSQL itself understood it, with every name resolved: which tables and functions it uses, by their ids.
/// </summary>
internal sealed class PostgresTree
{
    private const string Relation = "0";

    /// <summary>Sets of columns count from the system's own, which have numbers below 0.</summary>
    private const int BeforeFirst = 7;

    /// <summary>
    /// Parts that a query may have. A part that is not on the list is refused, so that one of a later version is until somebody has looked
    /// at it.
    /// </summary>
    private static readonly HashSet<string> Parts = new(StringComparer.Ordinal)
    {
        "QUERY",
        "RANGETBLENTRY",
        "RTE",
        "RTEPERMISSIONINFO",
        "RANGETBLFUNCTION",
        "RANGETBLREF",
        "ALIAS",
        "COMMONTABLEEXPR",
        "CTESEARCHCLAUSE",
        "CTECYCLECLAUSE",
        "TABLESAMPLECLAUSE",
        "FROMEXPR",
        "JOINEXPR",
        "TARGETENTRY",
        "SORTGROUPCLAUSE",
        "GROUPINGSET",
        "WINDOWCLAUSE",
        "SETOPERATIONSTMT",
        "VAR",
        "CONST",
        "FUNCEXPR",
        "NAMEDARGEXPR",
        "OPEXPR",
        "DISTINCTEXPR",
        "NULLIFEXPR",
        "SCALARARRAYOPEXPR",
        "BOOLEXPR",
        "SUBLINK",
        "FIELDSELECT",
        "RELABELTYPE",
        "COERCEVIAIO",
        "ARRAYCOERCEEXPR",
        "CONVERTROWTYPEEXPR",
        "COLLATEEXPR",
        "COLLATE",
        "CASEEXPR",
        "CASE",
        "CASEWHEN",
        "WHEN",
        "CASETESTEXPR",
        "ARRAYEXPR",
        "ARRAY",
        "ROWEXPR",
        "ROW",
        "ROWCOMPAREEXPR",
        "ROWCOMPARE",
        "COALESCEEXPR",
        "COALESCE",
        "MINMAXEXPR",
        "MINMAX",
        "SQLVALUEFUNCTION",
        "NULLTEST",
        "BOOLEANTEST",
        "AGGREF",
        "WINDOWFUNC",
        "GROUPINGFUNC",
        "SUBSCRIPTINGREF",
        "COERCETODOMAIN",
        "COERCETODOMAINVALUE",
        "JSONCONSTRUCTOREXPR",
        "JSONRETURNING",
        "JSONFORMAT",
        "JSONVALUEEXPR",
        "JSONISPREDICATE",
        "INTEGER",
        "STRING",
        "WINDOWFUNCRUNCONDITION",
    };

    /// <summary>
    /// Types whose values tell the name of an object of the server: regproc, regclass and their like, and xml, whose values can name files.
    /// </summary>
    private static readonly HashSet<uint> NamingTypes =
    [
        24,
        142,
        2202,
        2203,
        2204,
        2205,
        2206,
        3734,
        3769,
        4089,
        4096,
        4191,
        2210,
        2207,
        2208,
        2209,
        2211,
    ];

    private static readonly string[] Typed =
    [
        "consttype",
        "resulttype",
        "funcresulttype",
        "opresulttype",
        "aggtype",
        "wintype",
        "vartype",
        "array_typeid",
        "coalescetype",
        "casetype",
        "minmaxtype",
    ];

    private readonly List<TreeNode> all;

    private PostgresTree(TreeNode root, uint view)
    {
        Root = root;
        all = [.. root.All()];
        Tables = [.. all.Where(node => IsTable(node) && node.Id("relid") != view).Select(node => node.Id("relid")).Distinct()];
        View = view;
    }

    public TreeNode Root { get; }

    /// <summary>The view that the query was made to be taken apart; it stands in its own tree.</summary>
    public uint View { get; }

    public IReadOnlyList<uint> Tables { get; }

    /// <summary>The names that the query gives to its own parts.</summary>
    public IReadOnlyList<string> CommonNames =>
        [.. all.Where(node => node.Tag == "COMMONTABLEEXPR").Select(node => node.Text("ctename") ?? "")];

    /// <summary>The columns that are read of each table, by number; 0 is the whole row.</summary>
    public IReadOnlyList<(uint Table, int Column)> Columns =>
        [
            .. all.Where(node => node.Id("relid") > 0)
                .SelectMany(node =>
                    node.Words("selectedCols")
                        .Skip(1)
                        .Select(word => (node.Id("relid"), int.Parse(word, CultureInfo.InvariantCulture) - BeforeFirst))
                ),
        ];

    /// <summary>Functions that are called by name.</summary>
    public IReadOnlyList<uint> Called =>
        [
            .. all.SelectMany(node =>
                    node.Tag switch
                    {
                        "FUNCEXPR" when !IsCast(node) => [node.Id("funcid")],
                        "AGGREF" => [node.Id("aggfnoid")],
                        "WINDOWFUNC" => [node.Id("winfnoid")],
                        "TABLESAMPLECLAUSE" => [node.Id("tsmhandler")],
                        _ => Array.Empty<uint>(),
                    }
                )
                .Distinct(),
        ];

    /// <summary>Functions behind casts and operators.</summary>
    public IReadOnlyList<uint> Implied =>
        [.. all.SelectMany(node => new[] { IsCast(node) ? node.Id("funcid") : 0, node.Id("opfuncid") }).Where(id => id > 0).Distinct()];

    /// <summary>Reads the tree of a view's rule.</summary>
    /// <exception cref="QueryRefusedException">The query does what none may.</exception>
    public static PostgresTree Read(string text, uint view)
    {
        var roots = TreeText.Read(text);
        var tree = new PostgresTree(
            roots.Count == 1 ? roots[0] : throw new QueryRefusedException("The query is more than one SELECT."),
            view
        );
        tree.CheckParts();
        return tree;
    }

    public static bool IsTable(TreeNode node) => node.Tag is "RANGETBLENTRY" or "RTE" && node.Text("rtekind") == Relation;

    /// <summary>Whether the call was written as a cast, or not at all.</summary>
    public static bool IsCast(TreeNode node) => node.Tag == "FUNCEXPR" && node.Number("funcformat") is 1 or 2;

    private void CheckParts()
    {
        foreach (var node in all)
        {
            if (!Parts.Contains(node.Tag))
            {
                throw new QueryRefusedException($"A query may not have the part {node.Tag}.");
            }

            if (
                node.Tag == "QUERY"
                && (
                    node.Text("commandType") != "1"
                    || node.Others().Any(other => other.Tag == "ROWMARKCLAUSE")
                    || node.Text("hasForUpdate") == "true"
                )
            )
            {
                throw new QueryRefusedException("A query can only read: it may not change or lock rows.");
            }

            if (Typed.Any(field => NamingTypes.Contains(node.Id(field))))
            {
                throw new QueryRefusedException(
                    "A query may not make a value of a type that names objects of the server, as regclass, or of xml."
                );
            }
        }
    }
}
