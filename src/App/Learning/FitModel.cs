using Tradepost.Learning;
using Tradepost.Learning.Regression;
using Tradepost.Learning.Regression.Kinds;

namespace Tradepost.App.Learning;

/// <summary>A model that <c>fit</c> knows. What it has saved, <see cref="RegressionModel.FromJson"/> loads.</summary>
internal sealed record FitModel
{
    private FitModel() { }

    /// <summary>The fit of a model, such as <c>Ridge.Fit</c>.</summary>
    public delegate IRegressionModel Fitting<in TOptions>(
        FeatureTable rows,
        ReadOnlySpan<double> target,
        TOptions? options,
        CancellationToken cancellationToken
    );

    /// <summary>As <see cref="IRegressionModel.Model"/>.</summary>
    public required string Name { get; init; }

    /// <summary>The name without what tells a classifier from its sibling that predicts numbers.</summary>
    public string Family => IsOneOfTwo ? Name[..Name.LastIndexOf('_')] : Name;

    /// <summary>Other names of the family.</summary>
    public IReadOnlyList<string> Short { get; init; } = [];

    /// <summary>Whether it tells two classes apart.</summary>
    public bool IsClassifier { get; init; }

    /// <summary>Whether there is a classifier and a regressor of it.</summary>
    public bool IsOneOfTwo { get; init; }

    /// <summary>Whether it adds up columns, so that texts become a column for each value and nothing may be missing.</summary>
    public bool IsLinear { get; init; }

    /// <summary>What a fit takes.</summary>
    public required Func<FeatureTable, FitOptions, WorkSize> Size { get; init; }

    public required Func<FeatureTable, double[], FitOptions, CancellationToken, IRegressionModel> Fit { get; init; }

    /// <summary>A model with its options and its fit.</summary>
    public static FitModel Of<TOptions>(string name, Fitting<TOptions> fit, params string[] shortNames)
        where TOptions : class, new() =>
        new()
        {
            Name = name,
            Short = shortNames,
            Size = (rows, options) => RegressionModel.SizeOf(name, rows, options.As<TOptions>()),
            Fit = (rows, target, options, cancellationToken) => fit(rows, target, options.As<TOptions>(), cancellationToken),
        };
}
