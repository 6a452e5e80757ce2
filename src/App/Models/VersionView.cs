using System.Text.Json.Nodes;
using Tradepost.Storage;
using Tradepost.Training.Ledger;
using Tradepost.Training.Registry;

namespace Tradepost.App.Models;

/// <summary>A version as it is shown: its figures beside those of production, and how its predictions turned out.</summary>
internal sealed record VersionView
{
    public required string Model { get; init; }

    public required int Version { get; init; }

    public required string Kind { get; init; }

    public required ModelStage Stage { get; init; }

    public required JsonObject Parameters { get; init; }

    public required IReadOnlyList<ComparedMetric> Metrics { get; init; }

    public required IReadOnlyList<LiveFigures> Live { get; init; }

    public required DateTime TrainedFrom { get; init; }

    public required DateTime TrainedTo { get; init; }

    public required long Rows { get; init; }

    public required string DataFingerprint { get; init; }

    public required string CodeVersion { get; init; }

    public required long ArtefactBytes { get; init; }

    public required string ArtefactSha256 { get; init; }

    public required Guid? RunId { get; init; }

    public required string CreatedBy { get; init; }

    public required DateTime CreatedAt { get; init; }

    /// <summary>A model's versions, newest first.</summary>
    /// <exception cref="UnknownModelException">There is no such model.</exception>
    public static async Task<IReadOnlyList<VersionView>> ListAsync(
        Store store,
        TimeProvider time,
        string model,
        CancellationToken cancellationToken
    )
    {
        var versions = await new ModelRegistry(store, time).VersionsAsync(model, cancellationToken);
        var figures = await new PredictionLedger(store, time).FiguresAsync(model, cancellationToken);
        var production = versions.FirstOrDefault(version => version.Stage == ModelStage.Production);
        return [.. versions.Select(version => Of(version, production, [.. figures.Where(live => live.Version == version.Version)]))];
    }

    private static VersionView Of(ModelVersion version, ModelVersion? production, IReadOnlyList<LiveFigures> live) =>
        new()
        {
            Model = version.Model,
            Version = version.Version,
            Kind = version.Kind,
            Stage = version.Stage,
            Parameters = version.Parameters,
            Metrics = VersionComparison.Of(version, production),
            Live = live,
            TrainedFrom = version.TrainedFrom,
            TrainedTo = version.TrainedTo,
            Rows = version.Rows,
            DataFingerprint = version.DataFingerprint,
            CodeVersion = version.CodeVersion,
            ArtefactBytes = version.ArtefactBytes,
            ArtefactSha256 = version.ArtefactSha256,
            RunId = version.RunId,
            CreatedBy = version.CreatedBy,
            CreatedAt = version.CreatedAt,
        };
}
