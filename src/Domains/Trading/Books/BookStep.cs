namespace Tradepost.Trading.Books;

/// <summary>What became of a change of the book.</summary>
internal enum BookStep
{
    /// <summary>It waits for a snapshot.</summary>
    Buffered,

    /// <summary>It was older than the snapshot.</summary>
    Passed,

    Applied,

    /// <summary>It does not follow on the one before: the book is empty again and a new snapshot is needed.</summary>
    Broken,
}
