using System.Data.Common;
using System.Text.Json;
using System.Text.RegularExpressions;
using Tradepost.Storage;

namespace Tradepost.Training.Registry;

/// <summary>A transaction that changes the registry. Whoever changes a model's versions locks its row first, so that others wait.</summary>
public sealed partial class RegistryChange
{
    private readonly TimeProvider time;

    internal RegistryChange(DbConnection connection, TimeProvider time) => (Connection, this.time) = (connection, time);

    /// <summary>In the transaction.</summary>
    public DbConnection Connection { get; }

    /// <summary>Adds a version, in staging; the model is made by its first one.</summary>
    /// <exception cref="ArgumentException">The name is none that a model may have, or the deciding metric is not among the
    /// metrics.</exception>
    public async Task<ModelVersion> RegisterAsync(string model, NewVersion version, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(version);
        if (!Name().IsMatch(model))
        {
            throw new ArgumentException(
                $"\"{model}\" is no name of a model; expected are 1 to 100 letters, digits, dots, hyphens or underscores.",
                nameof(model)
            );
        }

        if (!version.Metrics.ContainsKey(version.DecidingMetric))
        {
            throw new ArgumentException($"{version.DecidingMetric} is to decide and is not among the metrics.", nameof(version));
        }

        var now = time.UtcMoment();
        var number = await Connection.ScalarAsync<int>(
            """
            INSERT INTO models (name, description, last_version, created_at, changed_at) VALUES (@model, @description, 1, @now, @now)
            ON CONFLICT (name) DO UPDATE
              SET description = excluded.description, last_version = models.last_version + 1, changed_at = excluded.changed_at
            RETURNING last_version
            """,
            new
            {
                model,
                description = version.Description,
                now,
            },
            cancellationToken
        );
        await Connection.ExecuteAsync(
            """
            INSERT INTO model_versions (model, version, kind, stage, parameters, metrics, rival, deciding_metric, trained_from,
              trained_to, row_count, data_fingerprint,
                code_version, artefact, artefact_sha256, run_id, created_by, created_at)
            VALUES (@model, @number, @Kind, 'staging', CAST(@parameters AS json), CAST(@metrics AS json), CAST(@rival AS json),
              @DecidingMetric, @TrainedFrom, @TrainedTo, @Rows, @DataFingerprint,
                @CodeVersion, @artefact, @checksum, CAST(@RunId AS uuid), @CreatedBy, @now)
            """,
            new
            {
                model,
                number,
                version.Kind,
                parameters = version.Parameters.ToJsonString(),
                metrics = JsonSerializer.Serialize(version.Metrics, RegistryJson.Options),
                rival = version.Rival is { } rival ? JsonSerializer.Serialize(rival, RegistryJson.Options) : null,
                version.DecidingMetric,
                version.TrainedFrom,
                version.TrainedTo,
                version.Rows,
                version.DataFingerprint,
                version.CodeVersion,
                artefact = version.Artefact.ToArray(),
                checksum = Artefacts.Checksum(version.Artefact.Span),
                version.RunId,
                version.CreatedBy,
                now,
            },
            cancellationToken
        );
        return (await RegistryRows.FindVersionAsync(Connection, model, number, cancellationToken))!;
    }

    /// <summary>The version in production, as this transaction sees it; null when there is none.</summary>
    public Task<ModelVersion?> FindProductionAsync(string model, CancellationToken cancellationToken) =>
        RegistryRows.FindProductionAsync(Connection, model, cancellationToken);

    /// <inheritdoc cref="ModelRegistry.LoadArtefactAsync" />
    public Task<byte[]> LoadArtefactAsync(string model, int version, CancellationToken cancellationToken) =>
        Artefacts.LoadAsync(Connection, model, version, cancellationToken);

    /// <inheritdoc cref="ModelRegistry.PromoteAsync" />
    public async Task<Promotion> PromoteAsync(string model, int version, PromotionRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        await LockAsync(model, cancellationToken);
        var candidate = await RegistryRows.FindVersionAsync(Connection, model, version, cancellationToken)
            ?? throw new UnknownModelException(model, version);
        var production = await FindProductionAsync(model, cancellationToken);
        var refusal = PromotionRule.Judge(candidate, production);
        if (candidate.Stage == ModelStage.Production || (refusal is not null && !request.Force))
        {
            throw refusal!;
        }

        return await ReplaceAsync(
            model,
            version,
            production?.Version,
            PromotionAction.Promoted,
            request,
            isForced: refusal is not null,
            cancellationToken
        );
    }

    /// <inheritdoc cref="ModelRegistry.RollBackAsync" />
    public async Task<Promotion> RollBackAsync(string model, PromotionRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        await LockAsync(model, cancellationToken);
        var history = await RegistryRows.HistoryAsync(Connection, model, cancellationToken);
        var (present, before) = PromotionRule.Before([.. history.Reverse()]);
        if (present is null)
        {
            throw new PromotionRefusedException($"No version of {model} is in production; promote one.");
        }

        return before is { } version
            ? await ReplaceAsync(model, version, present, PromotionAction.RolledBack, request, isForced: false, cancellationToken)
            : throw new PromotionRefusedException(
                $"Before version {present} of {model} nothing was in production; promote another version instead."
            );
    }

    private async Task<Promotion> ReplaceAsync(
        string model,
        int version,
        int? replaced,
        PromotionAction action,
        PromotionRequest request,
        bool isForced,
        CancellationToken cancellationToken
    )
    {
        // One after the other: the index that allows one version in production looks at every statement.
        await Connection.ExecuteAsync(
            "UPDATE model_versions SET stage = 'archived' WHERE model = @model AND stage = 'production'",
            new { model },
            cancellationToken
        );
        await Connection.ExecuteAsync(
            "UPDATE model_versions SET stage = 'production' WHERE model = @model AND version = @version",
            new { model, version },
            cancellationToken
        );
        var number = await Connection.ScalarAsync<int>(
            "SELECT COALESCE(max(number), 0) + 1 FROM model_promotions WHERE model = @model",
            new { model },
            cancellationToken
        );
        var promotion = new Promotion
        {
            Model = model,
            Number = number,
            Version = version,
            Replaced = replaced,
            Action = action,
            IsForced = isForced,
            Reason = request.Reason,
            DecidedBy = request.By,
            DecidedAt = time.UtcMoment(),
        };
        await Connection.ExecuteAsync(
            """
            INSERT INTO model_promotions (model, number, version, replaced, action, is_forced, reason, decided_by, decided_at)
            VALUES (@Model, @Number, @Version, CAST(@Replaced AS integer), @action, @IsForced, @Reason, @DecidedBy, @DecidedAt)
            """,
            new
            {
                promotion.Model,
                promotion.Number,
                promotion.Version,
                promotion.Replaced,
                action = RegistryRows.NameOf(action),
                promotion.IsForced,
                promotion.Reason,
                promotion.DecidedBy,
                promotion.DecidedAt,
            },
            cancellationToken
        );
        return promotion;
    }

    private async Task LockAsync(string model, CancellationToken cancellationToken)
    {
        if (
            await Connection.ExecuteAsync(
                "UPDATE models SET changed_at = @now WHERE name = @model",
                new { model, now = time.UtcMoment() },
                cancellationToken
            ) == 0
        )
        {
            throw new UnknownModelException(model);
        }
    }

    [GeneratedRegex(@"\A[A-Za-z0-9._-]{1,100}\z", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Name();
}
