namespace Tradepost.Arguments;

/// <summary>Durations as people type and read them: <c>30s</c>, <c>10m</c>, <c>2h</c>, <c>1d</c>.</summary>
public static class Durations
{
    /// <summary>The duration that a text stands for.</summary>
    /// <exception cref="WrongArgumentException">It stands for none.</exception>
    public static TimeSpan Read(string field, string text) =>
        ArgumentText.Read(typeof(TimeSpan), text) is TimeSpan duration
            ? duration
            : throw new WrongArgumentException(field, $"{field} is \"{text}\"; expected is {ArgumentText.Expectation(typeof(TimeSpan))}.");

    public static string Show(TimeSpan duration) => ArgumentText.Show(duration);
}
