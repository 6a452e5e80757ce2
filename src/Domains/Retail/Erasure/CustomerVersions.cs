using System.Data.Common;
using Tradepost.Retail.Etl;
using Tradepost.Storage;

namespace Tradepost.Retail.Erasure;

/// <summary>
/// Empties a customer's versions. Their number and their times stay, and with them the version that each order belongs to.
/// </summary>
internal sealed class CustomerVersions(DbConnection connection)
{
    public async Task<IReadOnlyList<ErasedPlace>> EmptyAsync(long customer, CancellationToken cancellationToken)
    {
        var states = await connection.ReadAsync(
            "SELECT effective_from, region_id, email FROM history_customer WHERE customer_id = @customer ORDER BY effective_from",
            new { customer },
            row =>
                (
                    From: row.GetDateTime(0),
                    Region: row.IsDBNull(1) ? (long?)null : row.GetInt64(1),
                    Email: row.IsDBNull(2) ? null : row.GetString(2)
                ),
            cancellationToken
        );
        var marks = EmailMark.For([.. states.Select(state => state.Email)]);
        var (history, versions, version) = (0L, new Dictionary<long, string?>(), 0L);
        for (var i = 0; i < states.Count; i++)
        {
            var state = states[i];
            if (i == 0 || state.Region != states[i - 1].Region || state.Email != states[i - 1].Email)
            {
                versions[++version] = marks[i];
            }

            history += await connection.ExecuteAsync(
                "UPDATE history_customer SET email = CAST(@mark AS text) WHERE customer_id = @customer AND effective_from = @From AND "
                    + "email IS DISTINCT FROM CAST(@mark AS text)",
                new
                {
                    mark = marks[i],
                    customer,
                    state.From,
                },
                cancellationToken
            );
        }

        return
        [
            new ErasedPlace("history_customer", "email", history),
            new ErasedPlace("dim_customer", "name, email, phone", await EmptyDimensionAsync(customer, versions, cancellationToken)),
        ];
    }

    private async Task<long> EmptyDimensionAsync(long customer, Dictionary<long, string?> versions, CancellationToken cancellationToken)
    {
        var changed = 0L;
        foreach (
            var key in await connection.ReadAsync(
                "SELECT customer_key FROM dim_customer WHERE customer_id = @customer AND NOT is_inferred",
                new { customer },
                row => row.GetInt64(0),
                cancellationToken
            )
        )
        {
            changed += await connection.ExecuteAsync(
                """
                UPDATE dim_customer SET name = NULL, phone = NULL, email = CAST(@mark AS text)
                WHERE customer_key = @key AND (name IS NOT NULL OR phone IS NOT NULL OR email IS DISTINCT FROM CAST(@mark AS text))
                """,
                new { mark = versions.GetValueOrDefault(Math.Abs(key) % VersionKeys.PerId), key },
                cancellationToken
            );
        }

        return changed;
    }
}
