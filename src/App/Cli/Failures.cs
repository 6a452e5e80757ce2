using System.Data.Common;
using System.Globalization;
using Tradepost.App.Users.Accounts;
using Tradepost.Arguments;
using Tradepost.Jobs;
using Tradepost.Jobs.Alerts;
using Tradepost.Jobs.Rights;
using Tradepost.Jobs.Runs;
using Tradepost.Jobs.Schedules;
using Tradepost.Storage;
using Tradepost.Storage.Backups;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Migrations;
using Tradepost.Storage.Queries;
using Tradepost.Storage.Sources;
using Tradepost.Trading.Replaying;
using Tradepost.Training.Registry;

namespace Tradepost.App.Cli;

/// <summary>Turns what was thrown into one sentence and an exit code.</summary>
internal static class Failures
{
    private const string QueryCanceled = "57014";
    private const string MySqlDriver = "MySqlConnector";
    private const int NoSpaceLeft = 28; // ENOSPC, which .NET keeps as the HResult

    /// <summary>The failure that an exception means, or null when nobody foresaw it.</summary>
    public static Failure? Find(Exception thrown, Settings? settings) =>
        thrown switch
        {
            UsageException or QueryRefusedException => new Failure(Failure.Usage, thrown.Message),
            QueryFailedException e => new Failure(
                Failure.Usage,
                e.Message,
                e.Position is { } position ? new Dictionary<string, object> { ["position"] = position } : null
            ),
            QueryTimeoutException or OutputException => new Failure(1, thrown.Message),
            WrongArgumentException e => new Failure(Failure.Usage, e.Message, Details(e)),
            ConfigurationException e => new Failure(Failure.Usage, e.Message, new Dictionary<string, object> { ["setting"] = e.Setting }),
            SourceUnavailableException e => new Failure(
                Failure.SourceUnavailable,
                e.Message,
                new Dictionary<string, object> { ["source"] = e.SourceName }
            ),
            JobFailedException e => new Failure(e.ExitCode, e.Message),
            UnknownJobException e => new Failure(Failure.Usage, e.Message, new Dictionary<string, object> { ["allowed"] = e.Allowed }),
            ActiveRunException e => new Failure(1, e.Message, new Dictionary<string, object> { ["run"] = e.Active.Id }),
            UnknownRunException
            or UnknownScheduleException
            or UnknownAlertRuleException
            or RunStateException
            or IdempotencyConflictException
            or LostRunException
            or UnknownModelException
            or ArtefactException => new Failure(1, thrown.Message),
            PromotionRefusedException e => new Failure(1, e.Message, e.Details()),
            IOException { HResult: NoSpaceLeft } when Elsewhere(thrown.Message, settings) is { } path => new Failure(
                1,
                $"The disk that holds {path} is full. Free some space and try again."
            ),
            _ when IsDiskFull(thrown) => new Failure(
                1,
                $"The disk that holds {PlaceOf(settings)} is full; nothing was changed. Free some space and try again."
            ),
            RecordingException e => new Failure(e.ExitCode, e.Message),
            UserExistsException or LastAdminException or JobRightsException => new Failure(1, thrown.Message),
            SourceSchemaException or StoreUnavailableException or MigrationException or BackupException => new Failure(1, thrown.Message),
            DbException { Source: MySqlDriver } e => new Failure(Failure.SourceUnavailable, $"A MySQL source: {e.Message.Trim()}"), // the store is none
            DbException e => new Failure(1, Sentence(e, PlaceOf(settings))),
            UnauthorizedAccessException or IOException => new Failure(1, thrown.Message),
            AggregateException { InnerExceptions: [var only] } => Find(only, settings),
            _ => null,
        };

    /// <summary>Whether an exception only says that the work was cut short, as a cancelled query does in the words of its database.</summary>
    public static bool IsStop(Exception? thrown) =>
        thrown switch
        {
            null => false,
            OperationCanceledException or DbException { SqlState: QueryCanceled } => true,
            DbException e when e.Message.Contains("INTERRUPT", StringComparison.Ordinal) => true,
            AggregateException several => several.InnerExceptions.Any(IsStop),
            _ => IsStop(thrown.InnerException),
        };

    private static string Sentence(DbException e, string store) =>
        e.SqlState switch
        {
            "28P01" or "28000" =>
                $"{store} refuses the user or the password; check {SettingNames.DatabaseUrl}, or {SettingNames.DatabaseUser} and {SettingNames.DatabasePassword}.",
            "3D000" => $"There is no such database at {store}; `tradepost db setup` creates it.",
            "42501" => $"The user at {store} lacks a permission: {Reason(e)}",
            _ => $"{store}: {Reason(e)}",
        };

    // PostgreSQL's driver puts the code in front: "42501: permission denied".
    private static string Reason(DbException e)
    {
        var reason = e.GetBaseException().Message.Trim();
        return e.SqlState is { } state && reason.StartsWith(state + ": ", StringComparison.Ordinal)
            ? reason[(state.Length + 2)..].Split('\n')[0]
            : reason;
    }

    /// <summary>The file that the runtime names, where that is not one of the store's.</summary>
    private static string? Elsewhere(string message, Settings? settings) =>
        message.Split('\'') is [_, { Length: > 0 } path, ..]
        && (settings is null || !Path.GetFullPath(path).StartsWith(Path.GetFullPath(settings.DataFolder) + "/", StringComparison.Ordinal))
            ? path
            : null;

    private static bool IsDiskFull(Exception? e) =>
        e is not null
        && (
            e is IOException { HResult: NoSpaceLeft }
            || (
                e is DbException database
                && (database.SqlState == "53100" || database.Message.Contains("No space left", StringComparison.OrdinalIgnoreCase))
            )
            || IsDiskFull(e.InnerException)
        );

    private static string PlaceOf(Settings? settings)
    {
        try
        {
            return settings?.Store.Description ?? "the store";
        }
        catch (ConfigurationException)
        {
            return "the store"; // that setting is wrong as well, and not what is being reported
        }
    }

    private static Dictionary<string, object> Details(WrongArgumentException e)
    {
        var details = new Dictionary<string, object> { ["field"] = e.Field };
        if (e.Allowed is not null)
        {
            details["allowed"] = e.Allowed;
        }

        return details;
    }

    /// <summary>The failure of something nobody foresaw: what it said, and where the rest is kept.</summary>
    public static Failure Unforeseen(Exception thrown, Settings? settings, DateTimeOffset now)
    {
        var sentence = thrown.Message.TrimEnd().TrimEnd('.');
        if (Debugging.IsOn || settings is null)
        {
            return new Failure(1, $"Something unexpected went wrong: {sentence}.");
        }

        try
        {
            var folder = Path.Combine(settings.DataFolder, "logs");
            Directory.CreateDirectory(folder);
            var file = Path.Combine(folder, now.ToString("'tradepost-'yyyy-MM-dd'.log'", CultureInfo.InvariantCulture));
            File.AppendAllText(
                file,
                Redaction
                    .Of(settings)
                    .Clean(string.Create(CultureInfo.InvariantCulture, $"{now:O} {HiddenCharacters.EscapeLines(thrown.ToString())}\n"))
            );
            return new Failure(1, $"Something unexpected went wrong: {sentence}. Details are in {file}.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Failure(1, $"Something unexpected went wrong: {sentence}. TRADEPOST_DEBUG=1 shows more.");
        }
    }
}
