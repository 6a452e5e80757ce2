namespace Tradepost.Storage.Embedded;

/// <summary>What a statement does, as far as the notes about tables have to know.</summary>
internal enum StatementKind
{
    /// <summary>A query, which writes nothing.</summary>
    Reads,

    /// <summary>What may write.</summary>
    Writes,

    /// <summary>BEGIN, COMMIT or ROLLBACK.</summary>
    Transacts,
    Prepares,
    Executes,
}
