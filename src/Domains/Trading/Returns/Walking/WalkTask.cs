using Tradepost.Trading.Features;

namespace Tradepost.Trading.Returns.Walking;

/// <summary>A walk to make: a symbol's rows, and how many hours ahead they forecast.</summary>
internal sealed record WalkTask(FeatureSeries Series, int Horizon);
