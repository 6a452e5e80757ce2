using System.Text.Json.Serialization;

namespace Tradepost.Trading.Returns.Routes;

/// <summary>How a version's predictions turned out so far.</summary>
/// <param name="Predictions">How many there are.</param>
/// <param name="Known">Those whose outcome is known.</param>
/// <param name="Rmse">Root of their mean squared error; null while none is known.</param>
/// <param name="Coverage80">The share within the interval; null while none is known.</param>
public sealed record LiveScore(long Predictions, long Known, double? Rmse, [property: JsonPropertyName("coverage_80")] double? Coverage80);
