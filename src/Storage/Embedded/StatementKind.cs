namespace Tradepost.Storage.Embedded;

/// <summary>What a text of SQL does, as far as the notes about tables have to know.</summary>
internal enum StatementKind
{
    /// <summary>One query, which writes nothing.</summary>
    Reads,

    /// <summary>One statement that may write.</summary>
    Writes,

    /// <summary>BEGIN, COMMIT or ROLLBACK.</summary>
    Transacts,
    Prepares,
    Executes,

    /// <summary>Several statements, which may be of every kind.</summary>
    Several,
}
