namespace Tradepost.Storage.Files;

/// <summary>How far a file is in the store, told by its content.</summary>
/// <param name="Head">The hash of its first lines, by which it is looked up.</param>
/// <param name="Bytes">How much of its text is done.</param>
/// <param name="Hash">The hash of that.</param>
/// <param name="CompleteBytes">All of its text, once it was read to its end.</param>
internal sealed record LedgerEntry(
    string Id,
    string Name,
    string Head,
    long Bytes,
    string Hash,
    long Lines,
    long Rows,
    long Rejected,
    long? CompleteBytes
);
