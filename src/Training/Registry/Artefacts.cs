using System.Data.Common;
using System.Security.Cryptography;
using Tradepost.Storage;

namespace Tradepost.Training.Registry;

/// <summary>What versions predict with, and that it is still what was registered.</summary>
internal static class Artefacts
{
    public static string Checksum(ReadOnlySpan<byte> artefact) => Convert.ToHexStringLower(SHA256.HashData(artefact));

    public static async Task<byte[]> LoadAsync(DbConnection connection, string model, int version, CancellationToken cancellationToken)
    {
        var rows = await connection.ReadAsync(
            "SELECT artefact, artefact_sha256 FROM model_versions WHERE model = @model AND version = @version",
            new { model, version },
            row => (Artefact: row.GetFieldValue<byte[]>(0), Checksum: row.GetString(1)),
            cancellationToken
        );
        var (artefact, expected) = rows.Count > 0 ? rows[0] : throw new UnknownModelException(model, version);
        var found = Checksum(artefact);
        return found == expected
            ? artefact
            : throw new ArtefactException(
                $"The artefact of {model} version {version} was altered: its SHA-256 is {found} and was {expected} when it was "
                    + "registered; restore a backup, or put another version into production."
            );
    }
}
