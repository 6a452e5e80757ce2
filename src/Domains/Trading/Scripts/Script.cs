using Tradepost.Jobs;

namespace Tradepost.Trading.Scripts;

/// <summary>A name of the forecasting API and the job that it stands for.</summary>
internal sealed record Script(string Name, string Job)
{
    private const string Ending = ".py";

    private static readonly IReadOnlyList<Script> Names =
    [
        new("data_collector", "trading.features"),
        new("multi_model_trainer", "trading.train"),
        new("predictor", "trading.predict"),
    ];

    /// <summary>The scripts whose jobs there are.</summary>
    public static IReadOnlyList<Script> AllIn(JobCatalogue catalogue) => [.. Names.Where(script => catalogue.Find(script.Job) is not null)];

    /// <summary>The script with this name, with or without its ending; null when it is none or its job does not exist.</summary>
    public static Script? Find(JobCatalogue catalogue, string name)
    {
        var plain = name.EndsWith(Ending, StringComparison.Ordinal) ? name[..^Ending.Length] : name;
        return AllIn(catalogue).FirstOrDefault(script => script.Name == plain);
    }
}
