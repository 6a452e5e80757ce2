using System.Collections.Frozen;
using Tradepost.DuckDb.Bindings;

namespace Tradepost.DuckDb.Execution;

/// <summary>Turns native errors into exceptions. Where the native interface gives only a message, its first words say the kind.</summary>
internal static class ErrorText
{
    private static readonly FrozenDictionary<string, DuckDbErrorType> kinds = new Dictionary<string, DuckDbErrorType>(StringComparer.OrdinalIgnoreCase)
    {
        ["Out of Range"] = DuckDbErrorType.OutOfRange,
        ["Conversion"] = DuckDbErrorType.Conversion,
        ["Mismatch Type"] = DuckDbErrorType.MismatchType,
        ["Divide by Zero"] = DuckDbErrorType.DivideByZero,
        ["Invalid type"] = DuckDbErrorType.InvalidType,
        ["Serialization"] = DuckDbErrorType.Serialization,
        ["TransactionContext"] = DuckDbErrorType.Transaction,
        ["Not implemented"] = DuckDbErrorType.NotImplemented,
        ["Catalog"] = DuckDbErrorType.Catalog,
        ["Parser"] = DuckDbErrorType.Parser,
        ["Constraint"] = DuckDbErrorType.Constraint,
        ["Connection"] = DuckDbErrorType.Connection,
        ["Syntax"] = DuckDbErrorType.Syntax,
        ["Settings"] = DuckDbErrorType.Settings,
        ["Binder"] = DuckDbErrorType.Binder,
        ["Network"] = DuckDbErrorType.Network,
        ["IO"] = DuckDbErrorType.IO,
        ["INTERRUPT"] = DuckDbErrorType.Interrupt,
        ["FATAL"] = DuckDbErrorType.Fatal,
        ["INTERNAL"] = DuckDbErrorType.Internal,
        ["Invalid Input"] = DuckDbErrorType.InvalidInput,
        ["Out of Memory"] = DuckDbErrorType.OutOfMemory,
        ["Permission"] = DuckDbErrorType.Permission,
        ["Parameter Not Resolved"] = DuckDbErrorType.ParameterNotResolved,
        ["Parameter Not Allowed"] = DuckDbErrorType.ParameterNotAllowed,
        ["Dependency"] = DuckDbErrorType.Dependency,
        ["HTTP"] = DuckDbErrorType.Http,
        ["Missing Extension"] = DuckDbErrorType.MissingExtension,
        ["Sequence"] = DuckDbErrorType.Sequence,
        ["Invalid Configuration"] = DuckDbErrorType.InvalidConfiguration,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static DuckDbException From(string? message)
    {
        message ??= "DuckDB reported an error without a message.";
        var end = message.IndexOf(" Error: ", StringComparison.Ordinal);
        var kind = end > 0 && kinds.TryGetValue(message[..end], out var known) ? known : DuckDbErrorType.Invalid;
        return new DuckDbException(message, kind);
    }

    public static DuckDbException From(ResultHandle result) =>
        new(Library.Borrowed(QueryResults.Error(result)) ?? "The query failed without a message.", QueryResults.ErrorType(result));

    public static DuckDbException From(AppenderHandle appender)
    {
        using var error = Appenders.Error(appender);
        return new DuckDbException(Library.Borrowed(Errors.Message(error)) ?? "The appender failed without a message.", Errors.Type(error));
    }
}
