using Tradepost.Storage;

namespace Tradepost.Marketplace.Guarding;

/// <summary>The suspect values, to be listed and decided.</summary>
internal sealed class Suspects(Store store, TimeProvider time)
{
    /// <summary>The newest days first.</summary>
    public async Task<IReadOnlyList<Suspect>> ListAsync(SuspectFilter filter, CancellationToken cancellationToken)
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        return await connection.ReadAsync(
            """
            SELECT sku, CAST(date - DATE '1970-01-01' AS integer), field, value, expected_low, expected_high, rule,
                   CAST(known_on - DATE '1970-01-01' AS integer), found_at, state, decided_by, decided_at, reason
            FROM suspects
            WHERE state = @state AND (@sku = '' OR sku = @sku) AND (@rule = '' OR rule = @rule)
            ORDER BY date DESC, sku, field LIMIT @limit OFFSET @offset
            """,
            new
            {
                state = NameOf(filter.State),
                sku = filter.Sku ?? "",
                rule = filter.Rule ?? "",
                limit = filter.Limit,
                offset = filter.Cursor,
            },
            row =>
            {
                var (low, high) = (row.IsDBNull(4) ? (double?)null : row.GetDouble(4), row.IsDBNull(5) ? (double?)null : row.GetDouble(5));
                var rule = row.GetString(6);
                return new Suspect(
                    row.GetString(0),
                    SuspectValue.DayOf(row.GetInt32(1)),
                    row.GetString(2),
                    row.GetDouble(3),
                    low,
                    high,
                    SuspectValue.Words(low ?? double.NaN, high ?? double.NaN, rule),
                    rule,
                    SuspectValue.DayOf(row.GetInt32(7)),
                    row.GetDateTime(8),
                    Enum.Parse<SuspectState>(row.GetString(9), ignoreCase: true),
                    row.IsDBNull(10) ? null : row.GetString(10),
                    row.IsDBNull(11) ? null : row.GetDateTime(11),
                    row.IsDBNull(12) ? null : row.GetString(12)
                );
            },
            cancellationToken
        );
    }

    /// <summary>Writes down what somebody decided about a product's suspect values of a day, of one field or of all.</summary>
    public async Task<DecidedSuspects> DecideAsync(
        SuspectDecision decision,
        SuspectState state,
        string by,
        CancellationToken cancellationToken
    )
    {
        await using var connection = await store.OpenAsync(cancellationToken);
        var values = await connection.ExecuteAsync(
            """
            UPDATE suspects SET state = @state, decided_by = @by, decided_at = @now, reason = @reason
            WHERE sku = @sku AND date - DATE '1970-01-01' = @day AND (@field = '' OR field = @field)
            """,
            new
            {
                state = NameOf(state),
                by,
                now = time.UtcMoment(),
                reason = decision.Reason,
                sku = decision.Sku,
                day = decision.Date.DayNumber - SuspectValue.EpochDay,
                field = decision.Field ?? "",
            },
            cancellationToken
        );
        return new DecidedSuspects(decision.Sku, decision.Date, decision.Field, state, values);
    }

    /// <summary>A state as it stands in the table.</summary>
    public static string NameOf(SuspectState state) => state.ToString().ToLowerInvariant();
}

/// <summary>What was decided.</summary>
/// <param name="Field">Null: every field of that day.</param>
/// <param name="Values">How many values that are suspect.</param>
public sealed record DecidedSuspects(string Sku, DateOnly Date, string? Field, SuspectState State, int Values)
{
    /// <summary>How it stands in the audit log.</summary>
    internal string Action => $"suspect.{Suspects.NameOf(State)}";

    internal string Subject => $"{Sku} {Date:yyyy-MM-dd} {Field}".TrimEnd();
}
