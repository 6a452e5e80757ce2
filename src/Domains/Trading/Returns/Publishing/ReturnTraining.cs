using System.Text.Json;
using System.Text.Json.Nodes;
using Tradepost.Arguments;
using Tradepost.Trading.Returns.Canaries;
using Tradepost.Trading.Returns.Walking;

namespace Tradepost.Trading.Returns.Publishing;

/// <summary>Everything that a training made and that is to be published.</summary>
internal sealed record ReturnTraining(
    IReadOnlyList<WalkTask> Tasks,
    IReadOnlyList<JudgedModel> Judged,
    IReadOnlyList<LeakCanary> Canaries,
    WalkSettings Settings,
    ReturnPipeline Pipeline
)
{
    /// <summary>Of the prices that labels are made of.</summary>
    public string DataFingerprint { get; } =
        FoldFingerprint.OfText(
            string.Join(
                '\n',
                Tasks
                    .Select(task => task.Series)
                    .Distinct()
                    .Select(series =>
                        $"{series.Symbol} {series.Times[0]:O} {FoldFingerprint.Of([ [.. series.Closes], [.. series.Whole.Select(seen => seen ? 1.0 : 0)] ])}"
                    )
            )
        );

    /// <summary>Of the features' names and values.</summary>
    public string FeatureFingerprint { get; } =
        FoldFingerprint.OfText(
            string.Join(
                '\n',
                Tasks
                    .Select(task => task.Series)
                    .Distinct()
                    .Select(series => $"{series.Symbol} {string.Join(' ', series.Names)} {FoldFingerprint.Of(series.Columns)}")
            )
        );

    /// <summary>The models that learn, with what was judged of each symbol.</summary>
    public IEnumerable<IGrouping<ReturnModelName, JudgedModel>> Learned =>
        Judged.Where(model => ReturnModelName.Learned.Contains(model.Method)).GroupBy(model => model.Name);

    /// <summary>What a model is made of, as it is registered.</summary>
    public JsonObject Parameters(ReturnModelName model)
    {
        var parameters = JsonSerializer.SerializeToNode(MethodSettings.Of(model.Method, model.Horizon), ResultJson.Options)!.AsObject();
        foreach (var (name, value) in JsonSerializer.SerializeToNode(Settings, ResultJson.Options)!.AsObject().ToArray())
        {
            parameters[name] = value?.DeepClone();
        }

        foreach (var name in parameters.Where(pair => pair.Value is null).Select(pair => pair.Key).ToArray())
        {
            parameters.Remove(name);
        }

        parameters["horizon"] = model.Horizon;
        parameters["features"] = new JsonArray([.. Tasks[0].Series.Names.Select(name => JsonValue.Create(name))]);
        parameters["feature_fingerprint"] = FeatureFingerprint;
        return parameters;
    }
}
