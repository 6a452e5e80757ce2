namespace Tradepost.Trading.Importing;

/// <summary>How often something was wrong with lines.</summary>
/// <param name="IsTaken">Whether the lines are rows all the same.</param>
/// <param name="FirstFile">Where it was found first.</param>
public sealed record DefectCount(string Kind, long Lines, bool IsTaken, string FirstFile, long FirstLine);
