using System.Data.Common;
using Tradepost.Retail.Sources;
using Tradepost.Storage;
using Tradepost.Storage.Dialects;

namespace Tradepost.Retail.Validation;

/// <summary>Who was erased, and the emptying of rows about them. Their hashes stay the source's, so that comparisons agree.</summary>
internal sealed class ErasedCustomers(DbConnection connection)
{
    /// <summary>What stands for a problem that would quote a value of the person.</summary>
    public const string Unsaid = "the person was erased; the value is not shown";

    private HashSet<string> customers = [];
    private HashSet<string> users = [];

    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        var keys = await connection.ReadAsync(
            "SELECT customer_id, user_id FROM erased_customers",
            row => (row.GetInt64(0), row.IsDBNull(1) ? (long?)null : row.GetInt64(1)),
            cancellationToken
        );
        customers = [.. keys.Select(key => key.Item1.ToString())];
        users = [.. keys.Where(key => key.Item2 is not null).Select(key => key.Item2!.Value.ToString())];
    }

    /// <summary>Whether a row of a source's table is about one of them.</summary>
    public bool Has(SourceTable table, string naturalKey) => KeysOf(table.Name).Contains(naturalKey);

    /// <summary>Empties what a staging or landing table holds about them.</summary>
    /// <returns>How many rows were changed.</returns>
    public async Task<long> EmptyAsync(string name, SourceTable table, CancellationToken cancellationToken)
    {
        var columns = ColumnsOf(table.Name);
        return columns.Count == 0 || KeysOf(table.Name).Count == 0
            ? 0
            : await connection.ExecuteAsync(
                $"""
                UPDATE {Sql.Name(name)} SET {string.Join(", ", columns.Select(column => $"{Sql.Name(column)} = NULL"))}
                WHERE id IN ({string.Join(", ", KeysOf(table.Name))}) AND ({string.Join(
                    " OR ",
                    columns.Select(column => $"{Sql.Name(column)} IS NOT NULL")
                )})
                """,
                null,
                cancellationToken
            );
    }

    /// <summary>The columns of a source's table that are about a person.</summary>
    public static IReadOnlyList<string> ColumnsOf(string table) =>
        table == Shop.Customers.Name ? ["name", "email", "phone"]
        : table == Shop.Users.Name ? ["email"]
        : [];

    private HashSet<string> KeysOf(string table) =>
        table == Shop.Customers.Name ? customers
        : table == Shop.Users.Name ? users
        : [];
}
