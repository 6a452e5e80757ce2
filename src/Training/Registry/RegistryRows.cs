using System.Data.Common;
using System.Text.Json;
using System.Text.Json.Nodes;
using Tradepost.Storage;

namespace Tradepost.Training.Registry;

/// <summary>Reads the registry's tables.</summary>
internal static class RegistryRows
{
    private const string Columns = """
        model, version, kind, stage, CAST(parameters AS text), CAST(metrics AS text), deciding_metric, trained_from, trained_to,
        row_count, data_fingerprint,
        code_version, octet_length(artefact), artefact_sha256, run_id, created_by, created_at, CAST(rival AS text)
        """;

    public static Task<IReadOnlyList<ModelVersion>> VersionsAsync(
        DbConnection connection,
        string model,
        CancellationToken cancellationToken
    ) =>
        connection.ReadAsync(
            $"SELECT {Columns} FROM model_versions WHERE model = @model ORDER BY version DESC",
            new { model },
            ReadVersion,
            cancellationToken
        );

    public static async Task<ModelVersion?> FindVersionAsync(
        DbConnection connection,
        string model,
        int version,
        CancellationToken cancellationToken
    ) =>
        await connection.ReadAsync(
            $"SELECT {Columns} FROM model_versions WHERE model = @model AND version = @version",
            new { model, version },
            ReadVersion,
            cancellationToken
        )
            is [var found]
            ? found
            : null;

    public static async Task<ModelVersion?> FindProductionAsync(
        DbConnection connection,
        string model,
        CancellationToken cancellationToken
    ) =>
        await connection.ReadAsync(
            $"SELECT {Columns} FROM model_versions WHERE model = @model AND stage = 'production'",
            new { model },
            ReadVersion,
            cancellationToken
        )
            is [var found]
            ? found
            : null;

    /// <summary>By name.</summary>
    public static Task<IReadOnlyList<ProducingVersion>> ProducingAsync(DbConnection connection, CancellationToken cancellationToken) =>
        connection.ReadAsync(
            "SELECT model, version, artefact_sha256 FROM model_versions WHERE stage = 'production' ORDER BY model",
            row => new ProducingVersion(row.GetString(0), row.GetInt32(1), row.GetString(2)),
            cancellationToken
        );

    /// <summary>Newest first.</summary>
    public static Task<IReadOnlyList<Promotion>> HistoryAsync(DbConnection connection, string model, CancellationToken cancellationToken) =>
        connection.ReadAsync(
            "SELECT model, number, version, replaced, action, is_forced, reason, decided_by, decided_at FROM model_promotions WHERE "
                + "model = @model ORDER BY number DESC",
            new { model },
            row => new Promotion
            {
                Model = row.GetString(0),
                Number = row.GetInt32(1),
                Version = row.GetInt32(2),
                Replaced = row.IsDBNull(3) ? null : row.GetInt32(3),
                Action = row.GetString(4) == NameOf(PromotionAction.Promoted) ? PromotionAction.Promoted : PromotionAction.RolledBack,
                IsForced = row.GetBoolean(5),
                Reason = row.GetString(6),
                DecidedBy = row.GetString(7),
                DecidedAt = row.GetDateTime(8),
            },
            cancellationToken
        );

    public static Task<IReadOnlyList<Model>> ModelsAsync(DbConnection connection, string? name, CancellationToken cancellationToken) =>
        connection.ReadAsync(
            """
            SELECT m.name, m.description, m.last_version, v.version, m.created_at, m.changed_at FROM models m
            LEFT JOIN model_versions v ON v.model = m.name AND v.stage = 'production'
            WHERE @name = '' OR m.name = @name
            ORDER BY m.name
            """,
            new { name = name ?? "" },
            row => new Model(
                row.GetString(0),
                row.GetString(1),
                row.GetInt32(2),
                row.IsDBNull(3) ? null : row.GetInt32(3),
                row.GetDateTime(4),
                row.GetDateTime(5)
            ),
            cancellationToken
        );

    public static string NameOf(Enum value) => JsonNamingPolicy.SnakeCaseLower.ConvertName(value.ToString());

    private static ModelVersion ReadVersion(DbDataReader row) =>
        new()
        {
            Model = row.GetString(0),
            Version = row.GetInt32(1),
            Kind = row.GetString(2),
            Stage = Enum.Parse<ModelStage>(row.GetString(3), ignoreCase: true),
            Parameters = JsonNode.Parse(row.GetString(4))!.AsObject(),
            Metrics = JsonSerializer.Deserialize<Dictionary<string, Metric>>(row.GetString(5), RegistryJson.Options)!,
            DecidingMetric = row.GetString(6),
            Rival = row.IsDBNull(17) ? null : JsonSerializer.Deserialize<Rival>(row.GetString(17), RegistryJson.Options),
            TrainedFrom = row.GetDateTime(7),
            TrainedTo = row.GetDateTime(8),
            Rows = row.GetInt64(9),
            DataFingerprint = row.GetString(10),
            CodeVersion = row.GetString(11),
            ArtefactBytes = Convert.ToInt64(row.GetValue(12), System.Globalization.CultureInfo.InvariantCulture),
            ArtefactSha256 = row.GetString(13),
            RunId = row.IsDBNull(14) ? null : row.GetGuid(14),
            CreatedBy = row.GetString(15),
            CreatedAt = row.GetDateTime(16),
        };
}
