namespace Tradepost.Streams.Segments;

/// <summary>What opening a log cut from its end: the last, unfinished write of a process or machine that was stopped.</summary>
/// <param name="Segment">The file that was cut.</param>
/// <param name="Bytes">How much of it was no whole record.</param>
/// <param name="KeptIn">Where those bytes were put aside.</param>
public sealed record LogRepair(string Segment, long Bytes, string KeptIn);
