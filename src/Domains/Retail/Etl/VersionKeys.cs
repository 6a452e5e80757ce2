namespace Tradepost.Retail.Etl;

/// <summary>
/// The keys of a customer's or product's versions, as SQL: natural key × 10,000 + number of the version, while that fits in 64
/// bits. A larger id (a snowflake id) is given a number first, and its keys are negative: -(number × 10,000 + version).
/// </summary>
internal static class VersionKeys
{
    public const long PerId = 10_000;

    /// <summary>The largest id that all keys of its versions can be told from.</summary>
    public const long LargestPlain = long.MaxValue / PerId - 1;

    /// <summary>A prime. An id's number is what remains of it, where no other id has that already; those count on from here.</summary>
    private const long Modulus = 899_999_999_999_983;

    /// <summary>The key of a version, from its id, the version's number and, for large ids, the id's number.</summary>
    /// <param name="of">SQL for the three.</param>
    public static string Of(string[] of)
    {
        var (id, version, number) = (of[0], of[1], of[2]);
        return $"CASE WHEN {id} <= {LargestPlain} THEN {id} * {PerId} + {version} ELSE -({number} * {PerId} + {version}) END";
    }

    /// <summary>
    /// Large ids with their numbers: those that a dimension has keep theirs, those that a query yields as <c>id</c> get one that
    /// nobody has.
    /// </summary>
    /// <param name="of">The dimension, its columns for key and id, and the query.</param>
    public static string Numbers(string[] of)
    {
        var (dimension, key, id, query) = (of[0], of[1], of[2], of[3]);
        return $"""
            WITH known AS (SELECT DISTINCT {id} AS id, CAST(div(-{key}, {PerId}) AS bigint) AS number FROM {dimension} WHERE {key} < 0),
            fresh AS (SELECT DISTINCT q.id FROM ({query}) q WHERE q.id > {LargestPlain} AND NOT EXISTS (SELECT 1 FROM known k
              WHERE k.id = q.id)),
            wished AS (SELECT f.id, f.id % {Modulus} AS number, row_number() OVER (PARTITION BY f.id % {Modulus} ORDER BY f.id) AS place
              FROM fresh f),
            settled AS (SELECT w.id, w.number, w.place > 1 OR EXISTS (SELECT 1 FROM known k WHERE k.number = w.number) AS is_taken
              FROM wished w)
            SELECT id, number FROM known
            UNION ALL
            SELECT s.id, CASE WHEN s.is_taken THEN (SELECT GREATEST(COALESCE(max(k.number), 0), {Modulus - 1}) FROM known k)
                                                   + row_number() OVER (PARTITION BY s.is_taken ORDER BY s.id)
                              ELSE s.number END
            FROM settled s
            """;
    }
}
