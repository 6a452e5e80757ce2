namespace Tradepost.Trading.Returns.Canaries;

/// <summary>A walk, for those who only name it.</summary>
internal readonly record struct ReturnWalkName(string Symbol, int Horizon);
