using System.CommandLine;
using System.Globalization;
using Tradepost.App.Api.Models;
using Tradepost.App.Cli.Output;
using Tradepost.App.Users.Auditing;
using Tradepost.Arguments;
using Tradepost.Storage;
using Tradepost.Storage.Migrations;
using Tradepost.Training.Registry;

namespace Tradepost.App.Cli.Models;

/// <summary><c>models</c>: what was trained, which version of it predicts, and what did before.</summary>
internal static class ModelCommands
{
    public static Command All() =>
        new("models", "What was trained, and which version of it predicts.") { List(), Show(), Promote(), RollBack() };

    private static HandledCommand List() => new("list", "List the models.", (_, session, cancellationToken) => WithStoreAsync(
                session,
                async store =>
                {
                    var models = await new ModelRegistry(store, session.Time).ListAsync(cancellationToken);
                    return new CommandResult(new { Items = models }, printer =>
                        printer.Table(
                            ["model", "what it predicts", "versions", "in production", "changed"],
                            models.Select(model =>
                                (IReadOnlyList<object?>)[model.Name, model.Description, model.Versions, model.Production, model.ChangedAt]
                            )
                        )
                    );
                },
                cancellationToken
            ));

    private static HandledCommand Show()
    {
        var name = NameArgument();
        return new HandledCommand(
            "show",
            "Show a model's versions side by side, and what was in production when.",
            (parsed, session, cancellationToken) =>
                WithStoreAsync(
                    session,
                    async store =>
                    {
                        var model = parsed.GetRequiredValue(name);
                        var registry = new ModelRegistry(store, session.Time);
                        var versions = await VersionView.ListAsync(store, session.Time, model, cancellationToken);
                        var history = await registry.HistoryAsync(model, cancellationToken);
                        return new CommandResult(
                            new
                            {
                                Model = model,
                                Versions = versions,
                                History = history,
                            },
                            printer => Print(printer, versions, history)
                        );
                    },
                    cancellationToken
                )
        )
        {
            name,
        };
    }

    private static HandledCommand Promote()
    {
        var name = NameArgument();
        var version = new Argument<string>("VERSION") { Description = "the version's number" };
        var force = new Option<bool>("--force") { Description = "Also when it is worse than what it replaces" };
        var reason = ReasonOption();
        return new HandledCommand("promote", "Put a version into production.", (parsed, session, cancellationToken) => WithStoreAsync(
                session,
                async store =>
                {
                    var request = new PromotionRequest
                    {
                        By = Environment.UserName,
                        Reason = ReasonOf(parsed, reason),
                        Force = parsed.GetValue(force),
                    };
                    var promotion = await new ModelRegistry(store, session.Time).PromoteAsync(
                        parsed.GetRequiredValue(name),
                        NumberOf(parsed.GetRequiredValue(version)),
                        request,
                        cancellationToken
                    );
                    return await DoneAsync(promotion, store, session, cancellationToken);
                },
                cancellationToken
            )) { name, version, force, reason };
    }

    private static HandledCommand RollBack()
    {
        var (name, reason) = (NameArgument(), ReasonOption());
        return new HandledCommand(
            "rollback",
            "Put the version back into production that was there before.",
            (parsed, session, cancellationToken) =>
                WithStoreAsync(
                    session,
                    async store =>
                    {
                        var request = new PromotionRequest { By = Environment.UserName, Reason = ReasonOf(parsed, reason) };
                        var promotion = await new ModelRegistry(store, session.Time).RollBackAsync(
                            parsed.GetRequiredValue(name),
                            request,
                            cancellationToken
                        );
                        return await DoneAsync(promotion, store, session, cancellationToken);
                    },
                    cancellationToken
                )
        )
        {
            name,
            reason,
        };
    }

    private static async Task<CommandResult> DoneAsync(
        Promotion promotion,
        Store store,
        Session session,
        CancellationToken cancellationToken
    )
    {
        await new AuditLog(store, session.Time).AddAsync(
            Origin.CommandLine,
            ModelAudit.ActionOf(promotion),
            ModelAudit.SubjectOf(promotion),
            cancellationToken
        );
        var replaced = promotion.Replaced is { } other ? string.Create(CultureInfo.InvariantCulture, $" and replaces version {other}") : "";
        return new CommandResult(promotion, printer =>
            printer.Line(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"Version {promotion.Version} of {promotion.Model} is in production{replaced}{(promotion.IsForced ? ", by force" : "")}."
                )
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
            ["metric", .. versions.Select(version => string.Create(CultureInfo.InvariantCulture, $"version {version.Version}"))],
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

    private static string ReasonOf(ParseResult parsed, Option<string?> option) =>
        parsed.GetValue(option) is not { } reason ? ""
        : reason.Length <= PromotionChange.LongestReason ? reason
        : throw new UsageException(
            string.Create(
                CultureInfo.InvariantCulture,
                $"--reason has {reason.Length} characters; at most {PromotionChange.LongestReason} are kept."
            )
        );

    private static Argument<string> NameArgument() => new("NAME") { Description = "the model's name" };

    private static Option<string?> ReasonOption() => new("--reason") { Description = "Why, for the history", HelpName = "TEXT" };

    private static async Task<CommandResult> WithStoreAsync(
        Session session,
        Func<Store, Task<CommandResult>> action,
        CancellationToken cancellationToken
    )
    {
        await using var store = session.Settings.Store.Open(session.Time);
        await new Migrator(store, Domains.Migrations, session.Time).MigrateAsync(cancellationToken);
        return await action(store);
    }
}
