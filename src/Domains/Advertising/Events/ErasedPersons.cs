using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Tradepost.Storage;

namespace Tradepost.Advertising.Events;

/// <summary>Who was erased, known by hashes of their ids only.</summary>
internal sealed class ErasedPersons
{
    private readonly Dictionary<string, long> erasedAt;

    private ErasedPersons(Dictionary<string, long> erasedAt) => this.erasedAt = erasedAt;

    /// <summary>Reads them.</summary>
    public static async Task<ErasedPersons> ReadAsync(DbConnection connection, CancellationToken cancellationToken) =>
        new(
            (
                await connection.ReadAsync(
                    "SELECT person, max(erased_at) FROM erasures GROUP BY person",
                    row => (Person: row.GetString(0), At: Moment.Of(row.GetDateTime(1))),
                    cancellationToken
                )
            ).ToDictionary(row => row.Person, row => row.At, StringComparer.Ordinal)
        );

    /// <summary>What stands for a person in the store.</summary>
    public static string MarkOf(string user) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(user)));

    /// <summary>Whether something of a person came before the person was erased, and is not to be stored.</summary>
    public bool Covers(string user, long receivedAt) =>
        erasedAt.Count > 0 && user.Length > 0 && erasedAt.TryGetValue(MarkOf(user), out var at) && receivedAt <= at;
}
