using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Npgsql;

namespace Tradepost.Storage;

/// <summary>An advisory lock and the session that holds it; it is also gone when the session is.</summary>
internal sealed class PostgresLock(NpgsqlConnection connection, long key) : IAsyncDisposable
{
    public static long KeyOf(string name) =>
        BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"tradepost:{name}")));

    public async ValueTask DisposeAsync()
    {
        await using (connection)
        {
            if (connection.FullState.HasFlag(System.Data.ConnectionState.Open))
            {
                await using var command = new NpgsqlCommand("SELECT pg_advisory_unlock($1)", connection) { Parameters = { new() { Value = key } } };
                await command.ExecuteNonQueryAsync();
            }
        }
    }
}
