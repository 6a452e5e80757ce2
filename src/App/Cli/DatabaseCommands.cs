using System.CommandLine;
using System.Globalization;
using Tradepost.App.Cli.Output;
using Tradepost.Jobs;
using Tradepost.Storage;
using Tradepost.Storage.Backups;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Migrations;
using Tradepost.Storage.Queries;
using Tradepost.Storage.Queries.Server;

namespace Tradepost.App.Cli;

/// <summary><c>db</c>: the store's tables, its backups, and questions to it.</summary>
internal static class DatabaseCommands
{
    public static Command All() =>
        new("db", "The store.")
        {
            new HandledCommand("setup", "Create the store where it is missing, and its tables.", (_, session, cancellationToken) =>
                SetupAsync(session, cancellationToken)
            ),
            Migrate(),
            new HandledCommand("status", "Show which migrations the store has.", (_, session, cancellationToken) =>
                StatusAsync(session, cancellationToken)
            ),
            Backup(),
            Restore(),
            Query(),
        };

    private static async Task<CommandResult> SetupAsync(Session session, CancellationToken cancellationToken)
    {
        var created = session.Settings.Store switch
        {
            PostgresTarget postgres => await PostgresDatabase.CreateIfMissingAsync(postgres, cancellationToken),
            EmbeddedTarget embedded => !File.Exists(embedded.Path),
            _ => false,
        };
        var applied = await WithMigratorAsync(session, migrator => migrator.MigrateAsync(cancellationToken));
        var warning = await EnsureQueryLoginAsync(session, cancellationToken);
        return new CommandResult(
            new
            {
                Status = "succeeded",
                Store = session.Settings.Store.Description,
                Created = created,
                Applied = Names(applied),
                Warning = warning,
            }
        );
    }

    private static async Task<string?> EnsureQueryLoginAsync(Session session, CancellationToken cancellationToken)
    {
        await using var store = session.Settings.Store.Open(session.Time);
        return store is PostgresStore postgres ? await QueryLogin.EnsureAsync(postgres, Domains.HiddenTables, cancellationToken) : null;
    }

    private static HandledCommand Migrate()
    {
        var dryRun = new Option<bool>("--dry-run") { Description = "Only say what would be applied" };
        return new HandledCommand("migrate", "Bring the store's tables up to date.", async (parsed, session, cancellationToken) =>
        {
            var isDry = parsed.GetValue(dryRun);
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
        }) { dryRun };
    }

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

    private static HandledCommand Backup()
    {
        var file = new Argument<string>("FILE") { Description = "the file to write" };
        return new HandledCommand("backup", "Write the store's tables into a file.", async (parsed, session, cancellationToken) =>
        {
            var path = session.FullPath(parsed.GetRequiredValue(file));
            var manifest = await session.ShowProgressAsync(progress =>
                StoreBackup
                    .Of(session.Settings.Store, Domains.Migrations, session.Time)
                    .BackUpAsync(path, step => progress.Report(new JobProgress($"backing up: {step}")), cancellationToken)
            );
            return Report(path, session, manifest);
        }) { file };
    }

    private static HandledCommand Restore()
    {
        var file = new Argument<string>("FILE") { Description = "a file that db backup wrote" };
        var force = new Option<bool>("--force") { Description = "Replace the rows that the store holds" };
        var drop = new Option<bool>("--drop-dependents")
        {
            Description = "Drop views and foreign keys of others that depend on the tables",
        };
        var copy = new Option<bool>("--as-copy")
        {
            Description = "Leave out schedules and alert rules, so that a copy starts and tells nothing",
        };
        return new HandledCommand("restore", "Put a backup's tables into the store.", async (parsed, session, cancellationToken) =>
        {
            var path = session.FullPath(parsed.GetRequiredValue(file));
            if (session.Settings.Store is PostgresTarget postgres)
            {
                await PostgresDatabase.CreateIfMissingAsync(postgres, cancellationToken);
            }
            else if (session.IsServed)
            {
                throw new BackupException(
                    $"A server works on {session.Settings.Store.Description}, and restoring would take the file from under it; stop the server, restore, and start it again."
                );
            }

            var manifest = await session.ShowProgressAsync(progress =>
                StoreBackup
                    .Of(session.Settings.Store, Domains.Migrations, session.Time)
                    .RestoreAsync(
                        path,
                        new RestoreOptions
                        {
                            Force = parsed.GetValue(force),
                            DropsDependents = parsed.GetValue(drop),
                            Without = parsed.GetValue(copy) ? Domains.TablesThatAct : [],
                        },
                        step => progress.Report(new JobProgress($"restoring: {step}")),
                        cancellationToken
                    )
            );
            return Report(path, session, manifest);
        }) { file, force, drop, copy };
    }

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
                    ("size", string.Create(CultureInfo.InvariantCulture, $"{new FileInfo(path).Length / 1024.0 / 1024.0:N1} MB")),
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

    private static HandledCommand Query()
    {
        var sql = new Argument<string>("SQL") { Description = "one statement that reads, in quotes" };
        var limit = Limit("--limit", "N", "Most rows to show", QueryLimits.Default.Rows);
        var seconds = Limit("--timeout", "SECONDS", "Most seconds it may take", (int)QueryLimits.Default.Time.TotalSeconds);
        return new HandledCommand("query", "Ask the store with read-only SQL.", async (parsed, session, cancellationToken) =>
        {
            var limits = new QueryLimits
            {
                Rows = AboveZero(parsed, limit),
                Time = TimeSpan.FromSeconds(AboveZero(parsed, seconds)),
                Bytes = 1L << 30,
            };
            await using var store = session is { IsServed: false, Settings.Store: EmbeddedTarget embedded }
                ? embedded.OpenForReading()
                : session.Settings.Store.Open(session.Time);
            var result = await new ReadOnlyQuery(store, Domains.HiddenTables, session.Time).RunAsync(
                parsed.GetRequiredValue(sql),
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
                        string.Create(
                            CultureInfo.InvariantCulture,
                            $"{result.Rows.Count:N0} {(result.Rows.Count == 1 ? "row" : "rows")}{(result.IsTruncated ? ", and more: --limit N shows them" : "")}"
                        )
                    );
                }
            );
        })
        {
            FreeText = sql,
            Arguments = { sql },
            Options = { limit, seconds },
        };
    }

    private static Option<int> Limit(string name, string unit, string description, int most) =>
        new(name)
        {
            Description = string.Create(CultureInfo.InvariantCulture, $"{description} (default {most})"),
            HelpName = unit,
            DefaultValueFactory = _ => most,
        };

    private static int AboveZero(ParseResult parsed, Option<int> option) =>
        parsed.GetValue(option) is > 0 and var value
            ? value
            : throw new UsageException(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{option.Name} is {parsed.GetValue(option)}; expected is a whole number above 0."
                )
            );

    private static async Task<T> WithMigratorAsync<T>(Session session, Func<Migrator, Task<T>> action)
    {
        await using var store = session.Settings.Store.Open(session.Time);
        return await action(new Migrator(store, Domains.Migrations, session.Time));
    }

    private static List<string> Names(IEnumerable<Migration> migrations) =>
        [.. migrations.Select(migration => Name(migration.Owner, migration.Number, migration.Name))];

    private static string Name(string owner, int number, string name) =>
        string.Create(CultureInfo.InvariantCulture, $"{owner} {number:000}_{name}");
}
