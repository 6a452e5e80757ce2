using System.Globalization;
using System.Text.RegularExpressions;

namespace Tradepost.Trading.Returns;

/// <summary>The name of a model, such as <c>LinearRegression_log_return_6h</c>.</summary>
/// <param name="Method">How it forecasts.</param>
/// <param name="Horizon">How many hours ahead.</param>
public readonly partial record struct ReturnModelName(ReturnMethod Method, int Horizon)
{
    /// <summary>The methods that learn from features.</summary>
    public static IReadOnlyList<ReturnMethod> Learned { get; } =
    [.. Enum.GetValues<ReturnMethod>().Where(method => method > ReturnMethod.Persistence)];

    /// <summary>The baselines.</summary>
    public static IReadOnlyList<ReturnMethod> Baselines { get; } =
    [.. Enum.GetValues<ReturnMethod>().Where(method => method <= ReturnMethod.Persistence)];

    /// <summary>The horizon as the registry's ledger has it, such as <c>6h</c>.</summary>
    public string Ahead => string.Create(CultureInfo.InvariantCulture, $"{Horizon}h");

    /// <summary>The model of that name; null when it is none of returns.</summary>
    public static ReturnModelName? Find(string name) =>
        Form().Match(name) is { Success: true } match && Enum.TryParse<ReturnMethod>(match.Groups["method"].Value, out var method)
            ? new ReturnModelName(method, int.Parse(match.Groups["hours"].ValueSpan, CultureInfo.InvariantCulture))
            : null;

    /// <inheritdoc/>
    public override string ToString() => $"{Method}_log_return_{Ahead}";

    [GeneratedRegex(@"\A(?<method>[A-Z][A-Za-z]+)_log_return_(?<hours>[1-9]\d{0,3})h\z", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Form();
}
