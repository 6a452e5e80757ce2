using System.CommandLine;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Tradepost.Arguments;
using Tradepost.Jobs;
using Tradepost.Serving.Commands;
using Tradepost.Serving.Commands.Output;
using Tradepost.Storage;
using Tradepost.Storage.Backups;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Migrations;
using Tradepost.Storage.Queries;

namespace Tradepost.App.Data;

/// <summary><c>db</c>: the store's tables, its backups, and questions to it.</summary>
internal static class DatabaseCommands
{
    public static Command All() =>
        new("db", "The store.")
        {
            DatabaseSetup.Create(),
            Migrate(),
            new HandledCommand("status", "Show which migrations the store has.", (_, session, cancellationToken) =>
                StatusAsync(session, cancellationToken)
            ),
            Backup(),
            Restore(),
            Query(),
        };

    private static HandledCommand Migrate() =>
        HandledCommand.Of<MigrateOptions>("migrate", "Bring the store's tables up to date.", async (options, session, cancellationToken) =>
        {
            var isDry = options.DryRun;
            var migrations = await WithMigratorAsync(session, migrator =>
                isDry ? migrator.PlanAsync(cancellationToken) : migrator.MigrateAsync(cancellationToken)
            );
            return new CommandResult(
                isDry ? new { Status = "planned", Pending = Names(migrations) } : new { Status = "succeeded", Applied = Names(migrations) },
                printer =>
                    printer.Line(
                        migrations.Count == 0
                            ? "The tables are up to date."
                            : $"{(isDry ? "Would apply" : "Applied")} {string.Join(", ", Names(migrations))}."
                    )
            );
        });

    private static async Task<CommandResult> StatusAsync(Session session, CancellationToken cancellationToken)
    {
        var statuses = await WithMigratorAsync(session, migrator => migrator.StatusAsync(cancellationToken));
        var isGood = statuses.All(status => status.State is MigrationState.Applied or MigrationState.Pending);
        return new CommandResult(
            new { Store = session.Settings.Store.Description, Migrations = statuses },
            printer =>
            {
                printer.Line(session.Settings.Store.Description);
                printer.Line();
                printer.Table(
                    ["migration", "state", "applied at", "seconds"],
                    statuses.Select(status =>
                        (IReadOnlyList<object?>)
                            [Name(status.Owner, status.Number, status.Name), status.State, status.AppliedAt, status.Seconds]
                    )
                );
            },
            isGood ? 0 : 1
        );
    }

    private static HandledCommand Backup() =>
        HandledCommand.Of<BackupOptions>("backup", "Write the store's tables into a file.", async (options, session, cancellationToken) =>
        {
            var manifest = await session.ShowProgressAsync(progress =>
                StoreBackup
                    .Of(session.Settings.Store, Domains.Migrations, session.Time)
                    .BackUpAsync(options.File, step => progress.Report(new JobProgress($"backing up: {step}")), cancellationToken)
            );
            return Report(options.File, session, manifest);
        });

    private static HandledCommand Restore() =>
        HandledCommand.Of<RestoreCommandOptions>(
            "restore",
            "Put a backup's tables into the store.",
            async (options, session, cancellationToken) =>
            {
                if (session.Settings.Store is PostgresTarget postgres)
                {
                    await PostgresDatabase.CreateIfMissingAsync(postgres, cancellationToken);
                }
                else if (session.IsServed)
                {
                    throw new BackupException(
                        $"A server works on {session.Settings.Store.Description}, and restoring would take the file from under it; stop "
                            + "the server, restore, and start it again."
                    );
                }

                var manifest = await session.ShowProgressAsync(progress =>
                    StoreBackup
                        .Of(session.Settings.Store, Domains.Migrations, session.Time)
                        .RestoreAsync(
                            options.File,
                            new RestoreOptions
                            {
                                Force = options.Force,
                                DropsDependents = options.DropDependents,
                                Without = options.AsCopy ? Domains.TablesThatAct : [],
                            },
                            step => progress.Report(new JobProgress($"restoring: {step}")),
                            cancellationToken
                        )
                );
                return Report(options.File, session, manifest);
            }
        );

    private static CommandResult Report(string path, Session session, BackupManifest manifest) =>
        new(
            new
            {
                Status = "succeeded",
                File = path,
                Bytes = new FileInfo(path).Length,
                Store = session.Settings.Store.Description,
                manifest.Created,
                Rows = manifest.Tables.Sum(table => table.Rows),
                Tables = manifest.Tables.ToDictionary(table => table.Name, table => new { table.Rows, table.Checksum }),
            },
            printer =>
            {
                printer.Pairs(
                    ("file", path),
                    ("size", $"{new FileInfo(path).Length / 1024.0 / 1024.0:N1} MB"),
                    ("store", session.Settings.Store.Description),
                    ("created", Values.Show("created", manifest.Created))
                );
                printer.Line();
                printer.Table(
                    ["table", "rows", "checksum"],
                    manifest.Tables.Select(table => (IReadOnlyList<object?>)[table.Name, table.Rows, table.Checksum])
                );
            }
        );

    private static HandledCommand Query() =>
        HandledCommand.Of<QueryOptions>("query", "Ask the store with read-only SQL.", async (options, session, cancellationToken) =>
        {
            var limits = new QueryLimits
            {
                Rows = options.Limit,
                Time = TimeSpan.FromSeconds(options.Timeout),
                Bytes = 1L << 30,
            };
            await using var store = session is { IsServed: false, Settings.Store: EmbeddedTarget embedded }
                ? embedded.OpenForReading()
                : session.Settings.Store.Open(session.Time);
            var result = await new ReadOnlyQuery(store, Domains.HiddenTables, session.Time).RunAsync(
                options.Sql,
                limits,
                cancellationToken
            );
            return new CommandResult(
                new
                {
                    Columns = result.Columns.Select(column => column.Name),
                    result.Rows,
                    Truncated = result.IsTruncated,
                },
                printer =>
                {
                    printer.Table([.. result.Columns.Select(column => column.Name)], result.Rows, areRaw: true);
                    printer.Line(
                        $"{result.Rows.Count:N0} "
                            + $"{(result.Rows.Count == 1 ? "row" : "rows")}{(result.IsTruncated ? ", and more: --limit N shows them" : "")}"
                    );
                }
            );
        });

    private static async Task<T> WithMigratorAsync<T>(Session session, Func<Migrator, Task<T>> action)
    {
        await using var store = session.Settings.Store.Open(session.Time);
        return await action(new Migrator(store, Domains.Migrations, session.Time));
    }

    internal static List<string> Names(IEnumerable<Migration> migrations) =>
        [.. migrations.Select(migration => Name(migration.Owner, migration.Number, migration.Name))];

    private static string Name(string owner, int number, string name) => $"{owner} {number:000}_{name}";
}

internal sealed record MigrateOptions
{
    [Description("Only say what would be applied")]
    public bool DryRun { get; init; }
}

internal sealed record BackupOptions
{
    [Positional("FILE"), FilePath, Description("the file to write")]
    public required string File { get; init; }
}

internal sealed record RestoreCommandOptions
{
    [Positional("FILE"), FilePath, Description("a file that db backup wrote")]
    public required string File { get; init; }

    [Description("Replace the rows that the store holds")]
    public bool Force { get; init; }

    [Description("Drop views and foreign keys of others that depend on the tables")]
    public bool DropDependents { get; init; }

    [Description("Leave out schedules and alert rules, so that a copy starts and tells nothing")]
    public bool AsCopy { get; init; }
}

internal sealed record QueryOptions
{
    private const string AboveZero = "expected is a whole number above 0";

    [Positional("SQL"), FreeText, Description("one statement that reads, in quotes")]
    public required string Sql { get; init; }

    [Description("Most rows to show"), Range(1, int.MaxValue, ErrorMessage = AboveZero)]
    public int Limit { get; init; } = QueryLimits.Default.Rows;

    [Description("Most seconds it may take"), Placeholder("SECONDS"), Range(1, int.MaxValue, ErrorMessage = AboveZero)]
    public int Timeout { get; init; } = (int)QueryLimits.Default.Time.TotalSeconds;
}
