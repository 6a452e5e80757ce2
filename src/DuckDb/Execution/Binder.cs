using System.Globalization;
using Tradepost.DuckDb.Bindings;
using Tradepost.DuckDb.Types;

namespace Tradepost.DuckDb.Execution;

/// <summary>Gives a prepared statement its parameters: by name, else by position.</summary>
internal static class Binder
{
    public static void Bind(PreparedStatementHandle statement, DuckDbParameterCollection parameters)
    {
        var count = (int)PreparedStatements.ParameterCount(statement);
        for (var number = 1; number <= count; number++)
        {
            var name = Library.Owned(PreparedStatements.ParameterName(statement, (ulong)number)) ?? "";
            // An absent parameter stays unbound: DuckDB then names it in its error.
            if (Find(parameters, name) is not { } parameter)
                continue;
            using var value = ParameterValue.Create(parameter);
            if (PreparedStatements.Bind(statement, (ulong)number, value) != State.Success)
                throw ErrorText.From(Library.Borrowed(PreparedStatements.Error(statement)));
        }
    }

    private static DuckDbParameter? Find(DuckDbParameterCollection parameters, string name)
    {
        var index = parameters.IndexOf(name);
        if (index < 0 && int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            index = number - 1;
        return index >= 0 && index < parameters.Count ? parameters[index] : null;
    }
}
