using System.Text.Json.Nodes;
using Tradepost.Retail.Sources;
using Tradepost.Storage;
using Tradepost.Storage.Rejects;

namespace Tradepost.Retail.Rejects;

/// <summary>The rows that are kept aside, to be read and mended.</summary>
public static class RejectedRows
{
    private const string Table = "etl_rejects";

    public static Task<IReadOnlyList<RejectedRow>> ListAsync(Store store, int limit, int offset, CancellationToken cancellationToken) =>
        new OpenRejects(store, Table).ListAsync(limit, offset, cancellationToken);

    /// <summary>Whether a source's table is about people, so that only administrators see its rows and mend them.</summary>
    public static bool AreAboutPeople(string table) => Shop.AreAboutPeople(table);

    /// <summary>The row as others see it: which, and by what rule, without what it holds.</summary>
    public static RejectedRow WithoutPerson(RejectedRow row) =>
        AreAboutPeople(row.Table) ? row with { Row = null, Problem = "the row is about a person; an administrator sees it" } : row;

    /// <summary>
    /// Puts another row in the place of one that was kept aside; false when there is none under that key. The next replay looks at it.
    /// </summary>
    public static Task<bool> MendAsync(Store store, string table, string key, JsonObject row, CancellationToken cancellationToken) =>
        new OpenRejects(store, Table).MendAsync(table, key, row, cancellationToken);
}
