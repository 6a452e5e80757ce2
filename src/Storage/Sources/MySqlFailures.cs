using System.Net.Sockets;
using System.Security.Authentication;
using MySqlConnector;

namespace Tradepost.Storage.Sources;

/// <summary>What the driver throws when a server is away, refuses or breaks off.</summary>
internal static class MySqlFailures
{
    /// <summary>
    /// The server's own errors, and those of the connection to it, which the driver passes on as they are while rows are read.
    /// </summary>
    public static bool IsOne(Exception failure) => failure is MySqlException or IOException or SocketException or TimeoutException;

    /// <summary>
    /// Missing tables and columns, and expressions the server refuses, are the schema's fault; the rest is the connection's.
    /// </summary>
    public static bool IsOfSchema(Exception failure) =>
        failure
            is MySqlException
            {
                Number: 1049
                    or 1052
                    or 1054
                    or 1064
                    or 1111
                    or 1142
                    or 1143
                    or 1146
                    or 1221
                    or 1222
                    or 1241
                    or 1242
                    or 1248
                    or 1267
                    or 1271
                    or 1305
                    or 1356
                    or 1582
                    or 1583
                    or 1630
                    or 1690,
            };

    /// <summary>Whether the server refuses the login, the host or the database, or its certificate is refused.</summary>
    public static bool IsRefusal(Exception? failure) =>
        failure switch
        {
            null => false,
            MySqlException { Number: 1044 or 1045 or 1049 or 1130 or 1227 or 1251 or 1698 or 3118 } or AuthenticationException => true,
            _ => IsRefusal(failure.InnerException),
        };

    public static string ReasonOf(Exception failure) =>
        failure switch
        {
            // The driver tries every address of a name and keeps to itself why none answered.
            MySqlException { ErrorCode: MySqlErrorCode.UnableToConnectToHost, InnerException: null } =>
                "no server answers there, or its name is unknown",
            MySqlException { InnerException: null } => failure.Message,
            _ => $"the connection broke off: {failure.GetBaseException().Message}",
        };
}
