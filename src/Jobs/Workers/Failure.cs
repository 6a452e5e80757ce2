using System.Net.Sockets;
using Tradepost.Arguments;
using Tradepost.Storage.Sources;

namespace Tradepost.Jobs.Workers;

/// <summary>What kind of failure an exception is.</summary>
internal static class Failure
{
    /// <summary>Whether the same work may succeed a little later: a connection was lost, or transactions got in each other's way.</summary>
    public static bool IsTransient(Exception? e) =>
        e switch
        {
            null => false,
            WrongArgumentException => false,
            SourceUnavailableException source => source.IsPassing,
            SocketException or TimeoutException => true,
            AggregateException { InnerExceptions.Count: > 0 } several => several.InnerExceptions.All(IsTransient),
            HttpRequestException { StatusCode: null or >= System.Net.HttpStatusCode.InternalServerError } => true,
            _ => StoreFailure.IsPassing(e) || IsTransient(e.InnerException),
        };

    public static string KindOf(Exception e) =>
        e is WrongArgumentException ? "arguments"
        : IsTransient(e) ? "transient"
        : "failed";
}
