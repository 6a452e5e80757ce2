namespace Tradepost.App.Learning;

/// <summary>A place where the trend may bend, and by how much it does.</summary>
internal sealed record ForecastChangepoint(DateTime At, double Delta);
