namespace Tradepost.Learning.Forecasting;

/// <summary>Where the trend may bend.</summary>
internal static class ChangepointRules
{
    /// <summary>
    /// The given ones, or rows of the history spread evenly over its first part (rounded half to even, the first row left out).
    /// </summary>
    public static DateTime[] Of(ProphetOptions options, DateTime[] times)
    {
        if (options.Changepoints is { } given)
        {
            var outside = given.Where(changepoint => changepoint < times[0] || changepoint > times[^1]).ToList();
            return outside.Count == 0
                ? [.. given.Order()]
                : throw new ArgumentException(
                    $"The changepoint {outside[0]:yyyy-MM-dd HH:mm:ss} is not within the history, {times[0]:yyyy-MM-dd HH:mm:ss} to "
                        + $"{times[^1]:yyyy-MM-dd HH:mm:ss}.",
                    nameof(options)
                );
        }

        var rows = (int)Math.Floor(times.Length * options.ChangepointRange);
        var count = options.NChangepoints + 1 > rows ? Math.Max(0, rows - 1) : options.NChangepoints;
        var changepoints = new DateTime[count];
        for (var i = 1; i <= count; i++)
        {
            changepoints[i - 1] = times[(int)Math.Round((double)i * (rows - 1) / count, MidpointRounding.ToEven)];
        }

        return changepoints;
    }
}
