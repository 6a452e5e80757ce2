using Tradepost.Trading.Tapes;

namespace Tradepost.Trading.Importing;

/// <summary>A line that is no row.</summary>
internal readonly record struct Reject(long LineNumber, Defect Defect, byte[] Text);
