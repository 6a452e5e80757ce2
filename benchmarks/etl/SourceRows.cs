using System.Text.Json;

namespace Tradepost.Benchmarks.Etl;

/// <summary>How many rows a generated shop has in the ten tables.</summary>
internal static class SourceRows
{
    public static long Of(JsonElement generated) =>
        generated.GetProperty("counts").EnumerateObject().Where(count => count.Name != "managers").Sum(count => count.Value.GetInt64()); // managers are employees
}
