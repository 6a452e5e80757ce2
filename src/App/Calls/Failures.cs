using System.Data.Common;
using Tradepost.Arguments;
using Tradepost.Serving.Commands.Output;
using Tradepost.Storage.Connections;
using Tradepost.Storage.Failures;

namespace Tradepost.App.Calls;

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
            WrongArgumentException e => new Failure(
                Failure.Usage,
                e.Message,
                ForeseenException.DetailsOf(("field", e.Field), ("allowed", e.Allowed))
            ),
            ForeseenException { Kind: not (FailureKind.StoreFailed or FailureKind.StoreUnavailable) } e => Of(e),
            IOException { HResult: NoSpaceLeft } when Elsewhere(thrown.Message, settings) is { } path => new Failure(
                1,
                $"The disk that holds {path} is full. Free some space and try again."
            ),
            _ when IsDiskFull(thrown) => new Failure(
                1,
                $"The disk that holds {PlaceOf(settings)} is full; nothing was changed. Free some space and try again."
            ),
            ForeseenException e => Of(e),
            // The store is none.
            DbException { Source: MySqlDriver } e => new Failure(Failure.SourceUnavailable, $"A MySQL source: {e.Message.Trim()}"),
            DbException e => new Failure(1, Sentence(e, PlaceOf(settings))),
            UnauthorizedAccessException or IOException => new Failure(1, thrown.Message),
            AggregateException { InnerExceptions: [var only] } => Find(only, settings),
            _ => null,
        };

    private static Failure Of(ForeseenException e) => new(e.ExitCode ?? CodeOf(e.Kind), e.Message, e.Details);

    private static int CodeOf(FailureKind kind) =>
        kind switch
        {
            FailureKind.WrongValue or FailureKind.WrongName or FailureKind.WrongSetting => Failure.Usage,
            FailureKind.SourceUnavailable => Failure.SourceUnavailable,
            _ => 1,
        };

    /// <summary>
    /// Whether an exception only says that the work was cut short, as a cancelled query does in the words of its database.
    /// </summary>
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
                $"{store} refuses the user or the password; check {SettingNames.DatabaseUrl}, or {SettingNames.DatabaseUser} and "
                    + $"{SettingNames.DatabasePassword}.",
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
            var file = Path.Combine(folder, now.ToString("'tradepost-'yyyy-MM-dd'.log'"));
            File.AppendAllText(file, Redaction.Of(settings).Clean($"{now:O} {HiddenCharacters.EscapeLines(thrown.ToString())}\n"));
            return new Failure(1, $"Something unexpected went wrong: {sentence}. Details are in {file}.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return new Failure(1, $"Something unexpected went wrong: {sentence}. TRADEPOST_DEBUG=1 shows more.");
        }
    }
}

/// <summary>What went wrong, as it is shown and as the process ends.</summary>
/// <param name="ExitCode">1 failure, 2 wrong usage, 3 a source cannot be reached, 130 stopped; domains add their own.</param>
/// <param name="Message">One sentence, without secrets.</param>
/// <param name="Details">What a program can use: the field, what is allowed.</param>
internal sealed record Failure(int ExitCode, string Message, IReadOnlyDictionary<string, object>? Details = null)
{
    public const int Usage = 2;
    public const int SourceUnavailable = 3;
    public const int Stopped = 130;
}
