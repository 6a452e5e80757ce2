using System.Buffers.Binary;
using System.Data;
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
            try
            {
                await using var command = new NpgsqlCommand("SELECT pg_advisory_unlock($1)", connection)
                {
                    Parameters = { new() { Value = key } },
                };
                await command.ExecuteNonQueryAsync();
            }
            catch (Exception e)
                when (e is NpgsqlException or InvalidOperationException && !connection.FullState.HasFlag(ConnectionState.Open))
            {
                // The session has ended, and the lock with it.
            }
        }
    }
}
