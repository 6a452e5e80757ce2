using Tradepost.DuckDb.Bindings;

namespace Tradepost.DuckDb.Execution;

/// <summary>The statements of one command text. Each is prepared when its turn comes, so that it sees what the earlier ones created.</summary>
internal sealed class Batch : IDisposable
{
    private readonly ConnectionHandle connection;
    private readonly ExtractedStatementsHandle statements;
    private readonly string sql;
    private readonly bool keep;
    private PreparedStatementHandle? kept;

    /// <summary>Splits <paramref name="sql"/>; with <paramref name="keep"/> a single statement stays prepared until disposal.</summary>
    public Batch(ConnectionHandle connection, string sql, bool keep)
    {
        this.connection = connection;
        this.sql = sql;
        this.keep = keep;
        Count = (int)ExtractStatements.Extract(connection, sql, out statements);
        if (Count > 0)
            return;
        using (statements)
        {
            // A text of comments and blanks alone gives no statement and no error.
            if (Library.Borrowed(ExtractStatements.Error(statements)) is { Length: > 0 } message)
                throw ErrorText.From(message);
        }
    }

    public int Count { get; }

    /// <summary>Whether this batch outlives one execution.</summary>
    public bool IsKept => keep;

    /// <summary>Told of each statement that has run, with the text of the whole batch.</summary>
    public Action<DuckDbStatementType, string>? Executed { get; init; }

    /// <summary>True once its connection was closed.</summary>
    public bool IsDisposed => statements.IsClosed;

    /// <summary>Prepares, binds and starts one statement.</summary>
    public ResultHandle Execute(int index, DuckDbParameterCollection parameters, Interruption? interruption)
    {
        var statement = kept ?? Prepare(index);
        try
        {
            Binder.Bind(statement, parameters);
            return Run(statement, interruption);
        }
        finally
        {
            Executed?.Invoke(PreparedStatements.Type(statement), sql);
            if (kept != statement)
                statement.Dispose();
        }
    }

    /// <summary>Prepares the statement now, to have its errors early and its plan ready.</summary>
    public void PrepareKept()
    {
        if (keep && Count == 1)
            kept ??= Prepare(0);
    }

    /// <summary>
    /// Ends a query that was given up half way: until its next statement the connection would keep the query's transaction and
    /// memory. Preparing counts as one.
    /// </summary>
    public static void EndUnfinishedQuery(ConnectionHandle connection)
    {
        using var batch = new Batch(connection, "SELECT 1", keep: true);
        batch.PrepareKept();
    }

    public void Dispose()
    {
        kept?.Dispose();
        statements.Dispose();
    }

    private PreparedStatementHandle Prepare(int index)
    {
        var state = ExtractStatements.Prepare(connection, statements, (ulong)index, out var statement);
        statement.Bind(connection);
        if (state == State.Success)
            return statement;
        using (statement)
            throw ErrorText.From(Library.Borrowed(PreparedStatements.Error(statement)));
    }

    private ResultHandle Run(PreparedStatementHandle statement, Interruption? interruption)
    {
        var started = PendingResults.Start(statement, out var pending);
        using (pending)
        {
            if (started != State.Success)
                throw Explain(ErrorText.From(Library.Borrowed(PendingResults.Error(pending))), interruption);
            if (interruption is { IsRequested: true })
            {
                pending.Dispose();
                EndUnfinishedQuery(connection);
                interruption.ThrowIfRequested();
            }
            var result = new ResultHandle();
            result.Bind(connection);
            if (PendingResults.Execute(pending, result) == State.Success)
                return result;
            using (result)
                throw Explain(ErrorText.From(result), interruption);
        }
    }

    /// <summary>An interrupt that was asked for becomes a cancellation or a timeout; everything else stays what it is.</summary>
    public static DuckDbException Explain(DuckDbException error, Interruption? interruption)
    {
        if (error.ErrorType == DuckDbErrorType.Interrupt)
            interruption?.ThrowIfRequested(error);
        return error;
    }
}
