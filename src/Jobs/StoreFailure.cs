using System.Data.Common;
using System.Net.Sockets;
using Tradepost.Storage;
using Tradepost.Storage.Failures;

namespace Tradepost.Jobs;

/// <summary>The only place that says which exceptions mean that the store was away or will take the same work a little later.</summary>
public static class StoreFailure
{
    private const string Driver = "Npgsql";

    /// <summary>Whether the store could not be reached or ended the connection, whatever the statement was.</summary>
    public static bool IsAway(Exception? e) =>
        e switch
        {
            ForeseenException { Kind: FailureKind.StoreUnavailable } => true,
            DbException { SqlState: { } state } => IsAway(state),
            DbException { IsTransient: true } or DbException { InnerException: IOException or SocketException or TimeoutException } => true,
            AggregateException { InnerExceptions.Count: > 0 } several => several.InnerExceptions.All(IsAway),
            _ => IsUseOfBrokenConnection(e),
        };

    /// <summary>Whether the same work may succeed a little later: the store was away, or transactions got in each other's way.</summary>
    public static bool IsPassing(Exception? e) => IsAway(e) || e is DbException { IsTransient: true };

    /// <summary>Whether the store is there and had no memory, or no connection, left for this.</summary>
    public static bool IsExhausted(Exception? e) =>
        e switch
        {
            DbException failure => StoreErrors.IsExhausted(failure),
            AggregateException { InnerExceptions.Count: > 0 } several => several.InnerExceptions.All(IsExhausted),
            _ => false,
        };

    /// <summary>Whether it comes from the store at all: whoever runs for long goes on with the next round.</summary>
    public static bool IsOfStore(Exception? e) => e is DbException || IsAway(e);

    // Connections and their ends (class 08), a server that stops, starts, or was told to end the session (57P01 to 57P03, 57P05),
    // a session that idled too long (25P03).
    private static bool IsAway(string state) =>
        state.StartsWith("08", StringComparison.Ordinal) || state is "57P01" or "57P02" or "57P03" or "57P05" or "25P03";

    // A connection breaks once; the statement, transaction or COPY that comes next finds it closed and says only that.
    private static bool IsUseOfBrokenConnection(Exception? e) =>
        e?.Source == Driver
        && (
            e is ObjectDisposedException
            || (e is InvalidOperationException && e.Message.Contains("not open", StringComparison.OrdinalIgnoreCase))
        );
}
