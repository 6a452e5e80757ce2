using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Tradepost.Storage;

namespace Tradepost.Advertising.Events;

/// <summary>Who was erased, known by hashes of their ids only.</summary>
internal sealed class ErasedPersons
{
    private readonly Dictionary<string, long> erasedAt;
    private readonly HashSet<string> refused;

    private ErasedPersons(Dictionary<string, long> erasedAt, HashSet<string> refused) =>
        (this.erasedAt, this.refused) = (erasedAt, refused);

    /// <summary>Reads them.</summary>
    public static async Task<ErasedPersons> ReadAsync(DbConnection connection, CancellationToken cancellationToken) =>
        new(
            (
                await connection.ReadAsync(
                    "SELECT person, max(erased_at) FROM erasures GROUP BY person",
                    row => (Person: row.GetString(0), At: Moment.Of(row.GetDateTime(1))),
                    cancellationToken
                )
            ).ToDictionary(row => row.Person, row => row.At, StringComparer.Ordinal),
            (await connection.ReadAsync("SELECT person FROM erased_refusals", row => row.GetString(0), cancellationToken)).ToHashSet(
                StringComparer.Ordinal
            )
        );

    /// <summary>What stands for a person in the store.</summary>
    public static string MarkOf(string user) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(user)));

    /// <summary>
    /// Whether something of a person is not to be stored: it came before the person was erased, or the person had refused and has not agreed since.
    /// </summary>
    public bool Covers(string user, long receivedAt)
    {
        if (user.Length == 0 || (erasedAt.Count == 0 && refused.Count == 0))
        {
            return false;
        }

        var mark = MarkOf(user);
        return (erasedAt.TryGetValue(mark, out var at) && receivedAt <= at) || refused.Contains(mark);
    }
}
