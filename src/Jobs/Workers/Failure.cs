using System.Data.Common;
using System.Net.Sockets;
using Tradepost.Storage;
using Tradepost.Storage.Sources;

namespace Tradepost.Jobs.Workers;

/// <summary>What kind of failure an exception is.</summary>
internal static class Failure
{
    /// <summary>Whether the same work may succeed a little later: a connection was lost, or transactions got in each other's way.</summary>
    public static bool IsTransient(Exception? e) => e switch
    {
        null => false,
        JobArgumentException => false,
        StoreUnavailableException or SourceUnavailableException or SocketException or TimeoutException => true,
        DbException { IsTransient: true } => true,
        AggregateException several => several.InnerExceptions.All(IsTransient),
        HttpRequestException { StatusCode: null or >= System.Net.HttpStatusCode.InternalServerError } => true,
        _ => IsTransient(e.InnerException),
    };

    /// <summary>Whether the store could not be reached, whatever the statement was.</summary>
    public static bool IsStoreAway(Exception e) => e is StoreUnavailableException or DbException { IsTransient: true } or DbException { InnerException: IOException or SocketException };

    public static string KindOf(Exception e) => e is JobArgumentException ? "arguments" : IsTransient(e) ? "transient" : "failed";
}
