using System.CommandLine;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Tradepost.Arguments;
using Tradepost.Serving.Commands;
using Tradepost.Serving.Commands.Output;
using Tradepost.Storage;
using Tradepost.Training.Registry;

namespace Tradepost.App.Models;

/// <summary><c>models</c>: what was trained, which version of it predicts, and what did before.</summary>
internal static class ModelCommands
{
    public static Command All() =>
        new("models", "What was trained, and which version of it predicts.") { List(), Show(), Promote(), RollBack() };

    private static HandledCommand List() => Of<NoOptions>("list", "List the models.", async (_, registry, _, _, cancellationToken) =>
        {
            var models = await registry.ListAsync(cancellationToken);
            return new CommandResult(new { Items = models }, printer =>
                printer.Table(
                    ["model", "what it predicts", "versions", "in production", "changed"],
                    models.Select(model =>
                        (IReadOnlyList<object?>)[model.Name, model.Description, model.Versions, model.Production, model.ChangedAt]
                    )
                )
            );
        });

    private static HandledCommand Show() =>
        Of<ModelOptions>(
            "show",
            "Show a model's versions side by side, and what was in production when.",
            async (options, registry, store, session, cancellationToken) =>
            {
                var versions = await VersionView.ListAsync(store, session.Time, options.Name, cancellationToken);
                var history = await registry.HistoryAsync(options.Name, cancellationToken);
                return new CommandResult(
                    new
                    {
                        Model = options.Name,
                        Versions = versions,
                        History = history,
                    },
                    printer => Print(printer, versions, history)
                );
            }
        );

    private static HandledCommand Promote() =>
        Of<PromoteOptions>("promote", "Put a version into production.", async (options, registry, store, session, cancellationToken) =>
        {
            var request = options.Request() with { Force = options.Force };
            var promotion = await registry.PromoteAsync(options.Name, NumberOf(options.Version), request, cancellationToken);
            return await DoneAsync(promotion, store, session, cancellationToken);
        });

    private static HandledCommand RollBack() =>
        Of<RollbackOptions>(
            "rollback",
            "Put the version back into production that was there before.",
            async (options, registry, store, session, cancellationToken) =>
                await DoneAsync(
                    await registry.RollBackAsync(options.Name, options.Request(), cancellationToken),
                    store,
                    session,
                    cancellationToken
                )
        );

    private static async Task<CommandResult> DoneAsync(
        Promotion promotion,
        Store store,
        Session session,
        CancellationToken cancellationToken
    )
    {
        await session.Audit(store, ModelAudit.ActionOf(promotion), ModelAudit.SubjectOf(promotion), cancellationToken);
        var replaced = promotion.Replaced is { } other ? $" and replaces version {other}" : "";
        return new CommandResult(promotion, printer =>
            printer.Line(
                $"Version {promotion.Version} of {promotion.Model} is in production{replaced}{(promotion.IsForced ? ", by force" : "")}."
            )
        );
    }

    private static void Print(Printer printer, IReadOnlyList<VersionView> versions, IReadOnlyList<Promotion> history)
    {
        printer.Table(
            ["version", "stage", "trained from", "to", "rows", "parameters", "created", "by"],
            versions.Select(version =>
                (IReadOnlyList<object?>)
                    [
                        version.Version,
                        version.Stage,
                        version.TrainedFrom,
                        version.TrainedTo,
                        version.Rows,
                        string.Join(", ", version.Parameters.Select(parameter => $"{parameter.Key} {parameter.Value}")),
                        version.CreatedAt,
                        version.CreatedBy,
                    ]
            )
        );
        printer.Line();
        printer.Heading("Metrics, beside those of the version in production on the same data");
        printer.Table(
            ["metric", .. versions.Select(version => $"version {version.Version}")],
            versions
                .SelectMany(version => version.Metrics.Select(metric => metric.Name))
                .Distinct()
                .Select(name =>
                    (IReadOnlyList<object?>)
                        [
                            name,
                            .. versions.Select(version =>
                                version.Metrics.FirstOrDefault(metric => metric.Name == name) is { } metric ? Compared(metric) : null
                            ),
                        ]
                )
        );
        if (versions.Any(version => version.Live.Count > 0))
        {
            printer.Line();
            printer.Heading("Predictions, and how they turned out");
            printer.Table(
                ["version", "of", "predictions", "known", "mae", "rmse", "coverage"],
                versions.SelectMany(
                    version => version.Live,
                    (version, live) =>
                        (IReadOnlyList<object?>)
                            [version.Version, live.Entity, live.Predictions, live.Known, live.Mae, live.Rmse, live.Coverage]
                )
            );
        }

        printer.Line();
        printer.Heading("In production");
        printer.Table(
            ["since", "version", "instead of", "how", "by", "why"],
            history.Select(promotion =>
                (IReadOnlyList<object?>)
                    [
                        promotion.DecidedAt,
                        promotion.Version,
                        promotion.Replaced,
                        promotion.IsForced ? "forced" : Spelling.Snake(promotion.Action.ToString()).Replace('_', ' '),
                        promotion.DecidedBy,
                        promotion.Reason,
                    ]
            )
        );
    }

    private static string Compared(ComparedMetric metric)
    {
        var (value, other) = (
            Values.Show("", metric.Value),
            $"{Values.Show("", metric.Production)}{(metric.IsSameData ? "" : " on other data")}"
        );
        return metric.Verdict switch
        {
            Verdict.Better => $"{value}, better than {other}",
            Verdict.Worse => $"{value}, worse than {other}",
            Verdict.Same => $"{value}, the same",
            _ => value,
        };
    }

    private static int NumberOf(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0
            ? number
            : throw new UsageException(
                $"VERSION is \"{text}\"; expected is a whole number above 0, as `tradepost models show` lists them."
            );

    private static HandledCommand Of<T>(
        string name,
        string description,
        Func<T, ModelRegistry, Store, Session, CancellationToken, Task<CommandResult>> run
    )
        where T : notnull =>
        HandledCommand.Of<T>(name, description, (options, session, cancellationToken) =>
            session.WithStoreAsync(
                store => run(options, new ModelRegistry(store, session.Time), store, session, cancellationToken),
                cancellationToken
            )
        );
}

/// <summary>Which model a command is about.</summary>
internal record ModelOptions
{
    [Positional("NAME"), Description("the model's name")]
    public required string Name { get; init; }
}

/// <summary>A change of what is in production.</summary>
internal record RollbackOptions : ModelOptions
{
    [Description("Why, for the history")]
    public string? Reason { get; init; }

    internal PromotionRequest Request() =>
        Reason is { Length: > PromotionChange.LongestReason }
            ? throw new UsageException($"--reason has {Reason.Length} characters; at most {PromotionChange.LongestReason} are kept.")
            : new PromotionRequest { By = Environment.UserName, Reason = Reason ?? "" };
}

internal sealed record PromoteOptions : RollbackOptions
{
    [Positional("VERSION"), Description("the version's number"), Display(Order = 1)]
    public required string Version { get; init; }

    [Description("Also when it is worse than what it replaces")]
    public bool Force { get; init; }
}
