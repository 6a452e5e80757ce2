namespace Tradepost.Trading.Importing;

/// <summary>What came of one file.</summary>
/// <param name="Type">quotes or trades.</param>
/// <param name="Lines">Lines of it that are done, the header included.</param>
/// <param name="Rows">Rows of these that were new in this run.</param>
/// <param name="State">imported, continued (its beginning was there) or unchanged (all of it was).</param>
public sealed record ImportedFile(string File, string Type, long Lines, long Rows, long Rejected, string State);
