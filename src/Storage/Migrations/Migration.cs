using System.Security.Cryptography;
using System.Text;

namespace Tradepost.Storage.Migrations;

/// <summary>A numbered SQL file that is applied once.</summary>
public sealed record Migration(string Owner, int Number, string Name, string Sql)
{
    private const string NoTransactionMarker = "-- no-transaction";

    /// <summary>Hexadecimal SHA-256 of the text with every line ending as LF, so that a checkout's line endings do not count.</summary>
    public string Checksum { get; } = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Normalize(Sql))));

    /// <summary>Whether the file asks, in its first line, to run outside a transaction (CREATE INDEX CONCURRENTLY and the like).</summary>
    public bool NeedsNoTransaction { get; } = Normalize(Sql).Split('\n')[0].TrimEnd() == NoTransactionMarker;

    public override string ToString() => $"{Owner} {Number:000}_{Name}";

    private static string Normalize(string sql) =>
        sql.TrimStart('\uFEFF').Replace("\r\n", "\n", StringComparison.Ordinal).Replace('\r', '\n');
}
