using System.Globalization;
using System.Text.Json;
using Tradepost.Storage.Queries;

namespace Tradepost.Storage.Tests.Queries;

/// <summary>Whatever the text is, nothing but one SELECT over allowed tables reaches the store. <c>TRADEPOST_ATTEMPTS</c> sets how many texts are tried.</summary>
[Collection(QueriesAlone.Name)]
public sealed class GeneratedAttemptsTests(QueryStores stores) : IClassFixture<QueryStores>
{
    private const int Few = 4_000;

    /// <summary>What nobody may see: a hidden table's values and its name in a list, the word in a file, a superuser's settings.</summary>
    private static readonly string[] Secrets =
    [
        "argon2-of-sesame",
        "a@example.com",
        "sesame",
        "password_hash",
        "data_directory",
        "rolsuper",
        "friends",
    ];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("duckdb")]
    [InlineData("postgres")]
    public async Task No_text_reads_what_is_hidden_or_changes_anything_and_what_is_allowed_gives_what_the_store_gives(string kind)
    {
        await stores.GetAsync(kind);
        var before = await stores.StateAsync(kind);
        var attempts = int.TryParse(Environment.GetEnvironmentVariable("TRADEPOST_ATTEMPTS"), CultureInfo.InvariantCulture, out var number)
            ? number
            : Few;
        var texts = new AttemptGrammar(20261129, stores.SecretFile);
        var allowed = 0;

        for (var i = 0; i < attempts; i++)
        {
            allowed += await TryAsync(kind, texts.Next()) ? 1 : 0;
            if (i % 1000 == 999)
            {
                (await stores.StateAsync(kind)).ShouldBe(before);
            }
        }

        (await stores.StateAsync(kind)).ShouldBe(before);
        allowed.ShouldBeGreaterThan(attempts / 50, "texts that all fail show nothing");
    }

    private async Task<bool> TryAsync(string kind, string sql)
    {
        QueryResult result;
        try
        {
            result = await stores.RunAsync(kind, sql);
        }
        catch (Exception e) when (e is QueryRefusedException or QueryFailedException)
        {
            return false;
        }

        var shown = JsonSerializer.Serialize(new { result.Columns, result.Rows });
        foreach (var secret in Secrets.Where(secret => !sql.Contains($"'{secret}", StringComparison.Ordinal)))
        {
            // A text that is itself a part of the query may come back; only what the store adds counts.
            (shown.Contains(secret, StringComparison.Ordinal) && !sql.Contains(secret, StringComparison.Ordinal)).ShouldBeFalse(
                $"{kind}: {sql}\n{shown}"
            );
        }

        if (
            !sql.Contains("EXPLAIN", StringComparison.OrdinalIgnoreCase)
            && !sql.Contains("information_schema", StringComparison.OrdinalIgnoreCase)
        )
        {
            var direct = await DirectAsync(kind, sql);
            JsonSerializer.Serialize(result.Rows).ShouldBe(direct, $"{kind}: {sql}");
        }

        return true;
    }

    private async Task<string> DirectAsync(string kind, string sql)
    {
        await using var connection = await (await stores.GetAsync(kind)).OpenAsync(Cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync(Cancellation);
        var rows = new List<List<object?>>();
        while (await reader.ReadAsync(Cancellation))
        {
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => PlainValue.Of(reader.GetValue(i)))]);
        }

        return JsonSerializer.Serialize(rows);
    }
}
