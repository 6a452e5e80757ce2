using System.Data.Common;
using System.Text.Json.Nodes;
using Tradepost.Storage.Dialects;

namespace Tradepost.Storage.Queries.Embedded;

/// <summary>
/// Puts what lists the readable tables in the place of the store's own lists: they know no rights. It names what may be seen, not what
/// may not: plans and errors show its text.
/// </summary>
internal sealed class CatalogueLists(DbConnection connection, IEnumerable<string> shown)
{
    private const string Standard = "information_schema";

    /// <summary>Lists that have nothing about a single table in them.</summary>
    private static readonly string[] Plain = ["schemata", "character_sets"];

    /// <summary>Whether there was something to replace.</summary>
    public async Task<bool> ReplaceAsync(JsonNode node, CancellationToken cancellationToken)
    {
        var isReplaced = false;
        List<(JsonNode? Child, Action<JsonNode> Put)> children = node switch
        {
            JsonObject o => [.. o.ToList().Select(property => (property.Value, (Action<JsonNode>)(other => o[property.Key] = other)))],
            JsonArray a => [.. a.ToList().Select((item, i) => (item, (Action<JsonNode>)(other => a[i] = other)))],
            _ => [],
        };
        foreach (var (child, put) in children)
        {
            if (child is JsonObject part && ListOf(part) is { } list)
            {
                put(await WithoutHiddenAsync(part, list, cancellationToken));
                isReplaced = true;
            }
            else if (child is not null)
            {
                isReplaced |= await ReplaceAsync(child, cancellationToken);
            }
        }

        return isReplaced;
    }

    private static string? ListOf(JsonObject part) =>
        (string?)(part["type"] as JsonValue) switch
        {
            "BASE_TABLE" when Standard.Equals((string?)part["schema_name"], StringComparison.OrdinalIgnoreCase) => (
                (string?)part["table_name"]
            )?.ToLowerInvariant(),
            "SHOW_REF" when (string?)part["table_name"] is "\"tables\"" => "",
            _ => null,
        };

    private async Task<JsonNode> WithoutHiddenAsync(JsonObject part, string list, CancellationToken cancellationToken)
    {
        var names = string.Join(", ", shown.Select(name => Sql.Literal(name.ToLowerInvariant())).DefaultIfEmpty("''"));
        var text = list switch
        {
            "" => $"SELECT table_name AS name FROM {Standard}.tables WHERE table_schema = current_schema() AND lower(table_name) IN "
                + $"({names}) ORDER BY 1",
            "tables" or "columns" => $"SELECT * FROM {Standard}.{list} WHERE lower(table_name) IN ({names})",
            _ when Plain.Contains(list) => $"SELECT * FROM {Standard}.{list}",
            _ => throw new QueryRefusedException(
                $"A query may not read {Standard}.{list}; {Standard}.tables and {Standard}.columns tell about the tables."
            ),
        };
        var json = await connection.ScalarAsync<string>("SELECT json_serialize_sql($text::VARCHAR)", new { text }, cancellationToken);
        return new JsonObject
        {
            ["type"] = "SUBQUERY",
            ["alias"] =
                (string?)part["alias"] is { Length: > 0 } alias ? alias
                : list.Length == 0 ? "tables"
                : list,
            ["sample"] = part["sample"]?.DeepClone(),
            ["query_location"] = part["query_location"]?.DeepClone(),
            ["subquery"] = JsonNode.Parse(json!)!["statements"]![0]!.DeepClone(), // our own text, which is one statement
            ["column_name_alias"] = part["column_name_alias"]?.DeepClone() ?? new JsonArray(),
        };
    }
}
