using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Tradepost.Arguments;
using Tradepost.Jobs;
using Tradepost.Trading.Returns.Walking;

namespace Tradepost.Trading.Returns.Publishing;

/// <summary>What is to be trained.</summary>
public sealed record TrainOptions
{
    private const int LongestHorizon = 24 * 30;

    [Description("batch: every symbol, horizon and model that is named, or all; single: one of each.")]
    public TrainMode Mode { get; init; }

    [Description("Symbols, with commas between them; by default all that have features.")]
    [Placeholder("LIST")]
    public string? Symbols { get; init; }

    [Description("Hours ahead, with commas between them.")]
    [RegularExpression(
        @"\d{1,3}(,\d{1,3})*",
        ErrorMessage = "expected are numbers of hours with commas between them, such as 1,6,24",
        MatchTimeoutInMilliseconds = 1000
    )]
    public string Horizons { get; init; } = "1,6,24";

    [Description("Models, with commas between them; by default all that learn. The baselines are judged with them.")]
    [Placeholder("LIST")]
    public string? Models { get; init; }

    [Description("Days that a fold is trained on.")]
    [Range(10, 3650)]
    public int TrainDays { get; init; } = 180;

    [Description("Days that it is judged by.")]
    [Range(1, 365)]
    public int TestDays { get; init; } = 30;

    [Description(
        "Hours left out between the two besides those whose label ends in the test; later rows are never trained on, so it takes none."
    )]
    [Range(0, 1000)]
    public int Embargo { get; init; }

    [Description("What a change of position by its whole size costs, in hundredths of a percent.")]
    [Range(0.0, 1000.0)]
    public double CostBp { get; init; } = 5;

    [Description("Act only on forecasts that are more than this many times the cost.")]
    [Range(0.0, 1000.0)]
    public double DecisionFactor { get; init; } = 2;

    [Description("Know of nothing after this moment (UTC); by default of everything.")]
    public DateTime? Until { get; init; }

    [Description("Put the versions into production if they are not worse than what is there.")]
    public bool Promote { get; init; }

    internal WalkSettings Walk =>
        new()
        {
            TrainHours = TrainDays * 24,
            TestHours = TestDays * 24,
            EmbargoHours = Embargo,
            CostBasisPoints = CostBp,
            DecisionFactor = DecisionFactor,
        };

    /// <summary>The horizons, each once, in order.</summary>
    /// <exception cref="JobFailedException">One is out of range, or there is more than one where one is trained.</exception>
    internal IReadOnlyList<int> HorizonList()
    {
        int[] hours = [.. Horizons.Split(',').Select(text => int.Parse(text, CultureInfo.InvariantCulture)).Distinct().Order()];
        return hours[0] >= 1 && hours[^1] <= LongestHorizon
            ? Single(hours, nameof(Horizons))
            : throw new JobFailedException(
                new Sentence($"{nameof(Horizons):argument} is {Horizons}; each number must be between 1 and {LongestHorizon}."),
                2
            );
    }

    /// <summary>The methods that learn, in their order.</summary>
    /// <exception cref="JobFailedException">One is not known, or there is more than one where one is trained.</exception>
    internal IReadOnlyList<ReturnMethod> MethodList()
    {
        var known = ReturnModelName.Learned;
        var names = Models is null ? [.. known.Select(method => method.ToString())] : Models.Split(',', StringSplitOptions.TrimEntries);
        var unknown = names.FirstOrDefault(name => !known.Any(method => method.ToString() == name));
        return unknown is null
            ? Single<ReturnMethod>([.. known.Where(method => names.Contains(method.ToString()))], nameof(Models))
            : throw new JobFailedException(
                new Sentence($"{nameof(Models):argument} holds \"{unknown}\"; allowed are {string.Join(", ", known)}."),
                2
            );
    }

    /// <summary>The symbols, in order.</summary>
    /// <param name="known">Those that there are rows of.</param>
    /// <exception cref="JobFailedException">One is not known, or there is more than one where one is trained.</exception>
    internal IReadOnlyList<string> SymbolList(IReadOnlyList<string> known)
    {
        if (known.Count == 0)
        {
            throw new JobFailedException("There are no features yet; run `tradepost trading features` first.");
        }

        var names = Symbols?.Split(',', StringSplitOptions.TrimEntries) ?? [.. known];
        var unknown = names.FirstOrDefault(name => !known.Contains(name));
        return unknown is null
            ? Single<string>([.. known.Where(names.Contains)], nameof(Symbols))
            : throw new JobFailedException(
                new Sentence($"{nameof(Symbols):argument} holds \"{unknown}\"; there are features of {string.Join(", ", known)}."),
                2
            );
    }

    private T[] Single<T>(T[] all, string argument) =>
        Mode == TrainMode.Batch || all.Length == 1
            ? all
            : throw new JobFailedException(
                new Sentence(
                    $"{nameof(Mode):argument} is single, and {argument:argument} has {all.Length} ({string.Join(", ", all)}); name one of them."
                ),
                2
            );
}
