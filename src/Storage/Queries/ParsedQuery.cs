using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Tradepost.Storage.Queries;

/// <summary>What a query consists of, from DuckDB's own parse tree (<c>json_serialize_sql</c>, which takes SELECT statements only).</summary>
internal sealed partial class ParsedQuery
{
    private const int Depth = 900;

    /// <summary>The parts of a tree that a query may have; a part that a later DuckDB adds is refused until it is listed here.</summary>
    private static readonly HashSet<string> Parts = new(StringComparer.Ordinal)
    {
        "SELECT_NODE", "SET_OPERATION_NODE", "RECURSIVE_CTE_NODE", "CTE_NODE",
        "BASE_TABLE", "SUBQUERY", "JOIN", "TABLE_FUNCTION", "EMPTY", "EXPRESSION_LIST", "SHOW_REF", "PIVOT",
        "ORDER_MODIFIER", "LIMIT_MODIFIER", "LIMIT_PERCENT_MODIFIER", "DISTINCT_MODIFIER",
        "ORDER_DEFAULT", "ASCENDING", "DESCENDING",
    };

    private static readonly HashSet<string> Expressions = new(StringComparer.Ordinal)
    {
        "CONSTANT", "COLUMN_REF", "FUNCTION", "WINDOW", "CAST", "CASE", "COMPARISON", "CONJUNCTION", "OPERATOR", "BETWEEN", "SUBQUERY",
        "STAR", "LAMBDA", "LAMBDA_REF", "COLLATE", "POSITIONAL_REFERENCE", "DEFAULT", "TYPE",
    };

    private readonly HashSet<string> common = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> functions = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> tableFunctions = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<TableName> tables = [];

    /// <summary>What the parser says against the text; null when it is a SELECT.</summary>
    public string? Error { get; private init; }

    /// <summary>Where in the text the error is, counted from 0; null when the text is SQL that is no SELECT.</summary>
    public int? ErrorPosition { get; private init; }

    public int Statements { get; private init; }

    public IReadOnlyCollection<string> Functions => functions;

    /// <summary>Functions that stand behind FROM.</summary>
    public IReadOnlyCollection<string> TableFunctions => tableFunctions;

    public IReadOnlyCollection<TableName> Tables => tables;

    /// <summary>Whether a table's name is one that the query itself gives to a part of it.</summary>
    public bool Names(TableName table) => table is { Catalog: null, Schema: null } && common.Contains(table.Name);

    public static ParsedQuery Read(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = Depth });
            var root = document.RootElement;
            if (root.GetProperty("error").GetBoolean())
            {
                return new ParsedQuery
                {
                    Error = root.GetProperty("error_message").GetString(),
                    ErrorPosition = root.TryGetProperty("position", out var position) ? int.Parse(position.GetString()!, CultureInfo.InvariantCulture) : null,
                };
            }

            var query = new ParsedQuery { Statements = root.GetProperty("statements").GetArrayLength() };
            query.Walk(root.GetProperty("statements"));
            return query;
        }
        catch (JsonException e)
        {
            throw new QueryRefusedException("The query is nested too deeply.", e);
        }
    }

    private void Walk(JsonElement element)
    {
        if (element.ValueKind == JsonValueKind.Array)
        {
            foreach (var item in element.EnumerateArray())
            {
                Walk(item);
            }
        }
        else if (element.ValueKind == JsonValueKind.Object)
        {
            Note(element);
            foreach (var property in element.EnumerateObject())
            {
                if (property.NameEquals("cte_map"))
                {
                    NoteNames(property.Value);
                }

                Walk(property.Value);
            }
        }
    }

    private void Note(JsonElement element)
    {
        if (Text(element, "class") is { } expression)
        {
            if (expression == "PARAMETER")
            {
                throw new QueryRefusedException("The query has a parameter; write the value itself.");
            }

            Require(Expressions.Contains(expression), expression);
        }
        else if (Text(element, "type") is { } part && !part.EndsWith("_TYPE_INFO", StringComparison.Ordinal))
        {
            Require(Parts.Contains(part), part);
            NotePart(element, part);
        }

        if (Text(element, "function_name") is { } function)
        {
            functions.Add(function);
        }
    }

    private void NotePart(JsonElement element, string part)
    {
        switch (part)
        {
            case "BASE_TABLE":
                Require(!element.TryGetProperty("at_clause", out _), "AT");
                tables.Add(new TableName(Text(element, "catalog_name"), Text(element, "schema_name"), Text(element, "table_name") ?? ""));
                break;
            case "TABLE_FUNCTION":
                var function = element.GetProperty("function");
                Require(Text(function, "class") == "FUNCTION", Text(function, "class") ?? "expression behind FROM");
                tableFunctions.Add(Text(function, "function_name")!); // a function has a name
                break;
            case "SHOW_REF" when !element.TryGetProperty("query", out _):
                var list = Text(element, "table_name");
                Require(list is "\"tables\"", $"SHOW {list}");
                break;
            case "RECURSIVE_CTE_NODE" or "CTE_NODE" when Text(element, "cte_name") is { } name:
                NoteName(name);
                break;
            default:
                break;
        }
    }

    private void NoteNames(JsonElement ctes)
    {
        if (ctes.TryGetProperty("map", out var map))
        {
            foreach (var entry in map.EnumerateArray())
            {
                NoteName(entry.GetProperty("key").GetString()!); // a key of a map is a text
            }
        }
    }

    // The name of a file would be taken for that file where the name does not reach.
    private void NoteName(string name)
    {
        if (!PlainName().IsMatch(name))
        {
            throw new QueryRefusedException($"WITH gives the name \"{name}\"; only letters, digits and _ are allowed in it.");
        }

        common.Add(name);
    }

    private static void Require(bool isAllowed, string what)
    {
        if (!isAllowed)
        {
            throw new QueryRefusedException($"A query may not have the part {what.Replace('_', ' ')}.");
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    [GeneratedRegex(@"\A\w+\z", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex PlainName();
}
