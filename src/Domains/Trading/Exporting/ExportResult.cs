namespace Tradepost.Trading.Exporting;

/// <summary>What was exported.</summary>
public sealed record ExportResult(string File, long Rows, long Bytes, double Seconds);
