using System.Reflection;
using MySql.Data.MySqlClient;

namespace Tradepost.Storage.Sources;

/// <summary>
/// Puts a buffer between MySql.Data and its socket. Without one the driver asks the system twice for every row, which takes
/// two thirds of the time of reading a large table (docs/decisions/0012).
/// </summary>
internal static class MySqlReadBuffer
{
    private const int Bytes = 64 * 1024;
    private const BindingFlags Members = BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public;

    /// <summary>
    /// Buffers what an open connection reads. Whether it could is returned: another release of the driver may be built
    /// differently, and then reads as it always did.
    /// </summary>
    public static bool TryAttach(MySqlConnection connection)
    {
        if (Value(Value(Value(connection, "driver"), "handler"), "stream") is not { } channel
            || Field(channel, "inStream") is not { } field
            || field.GetValue(channel) is not Stream socket)
        {
            return false;
        }

        if (socket is not BufferedStream)
        {
            field.SetValue(channel, new BufferedStream(socket, Bytes));
        }

        return true;
    }

    private static object? Value(object? owner, string name) => owner is null ? null : Field(owner, name)?.GetValue(owner);

    private static FieldInfo? Field(object owner, string name)
    {
        for (var type = owner.GetType(); type is not null; type = type.BaseType)
        {
            if (type.GetField(name, Members | BindingFlags.DeclaredOnly) is { } field)
            {
                return field;
            }
        }

        return null;
    }
}
