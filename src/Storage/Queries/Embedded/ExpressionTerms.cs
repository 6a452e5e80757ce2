using System.Text;
using System.Text.Json;
using Tradepost.Storage.Queries.Costs;

namespace Tradepost.Storage.Queries.Embedded;

/// <summary>Reads the expressions of DuckDB's parse tree.</summary>
/// <param name="functions">Takes the names of the functions that are called.</param>
/// <param name="columns">Takes each part of the names of columns.</param>
/// <param name="select">Reads a query inside an expression.</param>
/// <param name="terms">Reads whatever has no class of its own.</param>
/// <param name="beside">Takes what is worked out beside an expression: filters, orders.</param>
internal sealed class ExpressionTerms(
    HashSet<string> functions,
    HashSet<string> columns,
    Func<JsonElement, Select> select,
    Func<JsonElement, IEnumerable<Term>> terms,
    Action<Term> beside
)
{
    private const double MostElements = 256;

    private static readonly HashSet<string> OfElements = new(
        ["list_transform", "array_transform", "list_apply", "array_apply", "apply", "list_filter", "array_filter", "filter"],
        StringComparer.OrdinalIgnoreCase
    );

    /// <summary>Operators that give one of their operands or a part of it.</summary>
    private static readonly HashSet<string> Choosing = new(
        [
            "OPERATOR_COALESCE",
            "ARRAY_EXTRACT",
            "ARRAY_SLICE",
            "STRUCT_EXTRACT",
            "OPERATOR_TRY",
            "OPERATOR_NULLIF",
            "OPERATOR_UNPACK",
            "GROUPING_FUNCTION",
        ],
        StringComparer.Ordinal
    );

    /// <summary>Types whose values are not longer than a number; a value of any other may be as long as what it is made of.</summary>
    private static readonly HashSet<string> FixedTypes = new(
        [
            "BOOLEAN",
            "TINYINT",
            "SMALLINT",
            "INTEGER",
            "BIGINT",
            "HUGEINT",
            "UTINYINT",
            "USMALLINT",
            "UINTEGER",
            "UBIGINT",
            "UHUGEINT",
            "FLOAT",
            "DOUBLE",
            "DECIMAL",
            "DATE",
            "TIME",
            "TIME WITH TIME ZONE",
            "TIMESTAMP",
            "TIMESTAMP WITH TIME ZONE",
            "TIMESTAMP_S",
            "TIMESTAMP_MS",
            "TIMESTAMP_NS",
            "INTERVAL",
            "UUID",
        ],
        StringComparer.Ordinal
    );

    private readonly HashSet<string> whole = new(StringComparer.OrdinalIgnoreCase);

    public Term Of(JsonElement expression)
    {
        var kind = expression.GetProperty("class").GetString()!; // whoever comes here has looked
        return kind switch
        {
            "CONSTANT" => Constant(expression.GetProperty("value")),
            // Names are texts.
            "COLUMN_REF" => Column([.. expression.GetProperty("column_names").EnumerateArray().Select(name => name.GetString()!)]),
            "FUNCTION" => Function(expression, isOverRows: false),
            "WINDOW" => Function(expression, isOverRows: true),
            "CAST" => Cast(expression),
            "CASE" => Case(expression),
            "OPERATOR" => Operator(expression),
            "COMPARISON" or "CONJUNCTION" or "BETWEEN" => new Term.Fact(Inside(expression)),
            "SUBQUERY" => Query(expression),
            "STAR" => All(expression),
            "LAMBDA" => new Term.Call("json_extract", Inside(expression)),
            "LAMBDA_REF" => new Term.Column([]),
            "POSITIONAL_REFERENCE" => Unnamed(new Term.Column([])),
            "COLLATE" => new Term.Choice(Inside(expression)),
            "DEFAULT" or "TYPE" => Term.Number,
            "PARAMETER" => throw new QueryRefusedException("The query has a parameter; write the value itself."),
            _ => throw new QueryRefusedException($"A query may not have the part {kind.Replace('_', ' ')}."),
        };
    }

    /// <summary>Whether columns are read by * or by their number.</summary>
    public bool ReadsUnnamed { get; private set; }

    /// <summary>Names that stand alone, which could be those of whole rows.</summary>
    public IReadOnlyCollection<string> Whole => whole;

    private Term.Column Column(IReadOnlyList<string> names)
    {
        columns.UnionWith(names);
        whole.Add(names[^1]);
        return new Term.Column(names);
    }

    private Term.AllColumns All(JsonElement expression)
    {
        ReadsUnnamed = true;
        return new Term.AllColumns(Inside(expression));
    }

    private Term Unnamed(Term term)
    {
        ReadsUnnamed = true;
        return term;
    }

    private static Term.Value Constant(JsonElement constant)
    {
        if (!constant.TryGetProperty("value", out var value))
        {
            return new Term.Value(Measure.NumberBytes);
        }

        return value.ValueKind switch
        {
            JsonValueKind.String => new Term.Value(Encoding.UTF8.GetByteCount(value.GetString()!), value.GetString()), // its kind says so
            JsonValueKind.Number => new Term.Value(Measure.NumberBytes, Amount: value.GetDouble()),
            JsonValueKind.Object => new Term.Value(4 * value.GetRawText().Length),
            _ => new Term.Value(Measure.NumberBytes),
        };
    }

    private List<Term> Inside(JsonElement expression) =>
        [
            .. expression
                .EnumerateObject()
                .Where(property => property.Name is not ("class" or "type" or "alias"))
                .SelectMany(property => terms(property.Value)),
        ];

    private Term.Call Function(JsonElement expression, bool isOverRows)
    {
        var name = expression.GetProperty("function_name").GetString()!; // a function has a name
        functions.Add(name);
        List<JsonElement> children = expression.TryGetProperty("children", out var given) ? [.. given.EnumerateArray()] : [];
        var arguments = children
            .Select((child, i) => i > 0 && OfElements.Contains(name) && IsLambda(child) ? Lambda(child) : Of(child))
            .ToList();
        foreach (
            var property in expression
                .EnumerateObject()
                .Where(property => property.Name is not ("class" or "type" or "alias" or "children"))
        )
        {
            if (property.Name == "default_expr")
            {
                arguments.AddRange(terms(property.Value));
            }
            else
            {
                terms(property.Value).ToList().ForEach(beside);
            }
        }

        return new Term.Call(
            name is "||" ? "concat"
                : name is "->" or "->>" ? "json_extract"
                : name,
            arguments,
            isOverRows
        );
    }

    private static bool IsLambda(JsonElement expression) => expression.GetProperty("class").GetString() == "LAMBDA";

    private Term.Lambda Lambda(JsonElement lambda)
    {
        var parameters = lambda.GetProperty("lhs");
        List<JsonElement> names = parameters.TryGetProperty("children", out var several) ? [.. several.EnumerateArray()] : [parameters];
        return new Term.Lambda(
            [
                .. names
                    .Where(name => name.TryGetProperty("column_names", out _))
                    .Select(name => name.GetProperty("column_names")[0].GetString()!),
            ], // names are texts
            Of(lambda.GetProperty("expr"))
        );
    }

    private Term.Cast Cast(JsonElement expression)
    {
        var type = expression.GetProperty("cast_type");
        if (Elements(type) > MostElements)
        {
            throw new QueryRefusedException($"A query may not cast to an array of more than {MostElements:0} elements.");
        }

        // A type has a name.
        return new Term.Cast(Of(expression.GetProperty("child")), FixedTypes.Contains(type.GetProperty("id").GetString()!));
    }

    /// <summary>How many values a type of fixed size has place for, whatever is in it.</summary>
    private static double Elements(JsonElement type) =>
        type.ValueKind switch
        {
            JsonValueKind.Array => type.EnumerateArray().Sum(Elements),
            JsonValueKind.Object => (
                type.TryGetProperty("size", out var size) && size.ValueKind == JsonValueKind.Number ? Math.Max(1, size.GetDouble()) : 1
            ) * Math.Max(1, type.EnumerateObject().Sum(property => Elements(property.Value))),
            _ => 0,
        };

    private Term.Choice Case(JsonElement expression)
    {
        var checks = expression.GetProperty("case_checks").EnumerateArray().ToList();
        List<Term> of =
        [
            .. checks.Select(check => Of(check.GetProperty("then_expr"))),
            new Term.Fact([.. checks.Select(check => Of(check.GetProperty("when_expr")))]),
        ];
        return new Term.Choice(expression.TryGetProperty("else_expr", out var otherwise) ? [.. of, Of(otherwise)] : of);
    }

    private Term Operator(JsonElement expression)
    {
        var type = expression.GetProperty("type").GetString()!; // an expression has a type
        var inside = Inside(expression);
        return type == "ARRAY_CONSTRUCTOR" ? new Term.Call("list_value", inside)
            : Choosing.Contains(type) ? new Term.Choice(inside)
            : new Term.Fact(inside);
    }

    private Term Query(JsonElement expression)
    {
        var query = new Term.Query(select(expression.GetProperty("subquery").GetProperty("node")));
        var rest = expression
            .EnumerateObject()
            .Where(property => property.Name is not ("class" or "type" or "alias" or "subquery"))
            .SelectMany(property => terms(property.Value))
            .ToList();
        return expression.GetProperty("subquery_type").GetString() == "SCALAR" ? query : new Term.Fact([query, .. rest]);
    }
}
