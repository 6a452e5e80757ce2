using System.Text.RegularExpressions;
using Tradepost.Storage.Dialects;
using Tradepost.Storage.Tables;

namespace Tradepost.Storage.Migrations;

/// <summary>
/// What a migration's file for all stores leaves to the store: <c>{json}</c> and the other types of columns but decimals;
/// <c>{sequence NAME};</c> and <c>{identity NAME}</c>, the type of a column that numbers its rows by that sequence, which comes before its
/// table. The checksum is of the file as it stands.
/// </summary>
internal static partial class Placeholders
{
    private static readonly Dictionary<string, ColumnType> Types = Enum.GetValues<ColumnType>()
        .Where(type => type != ColumnType.Decimal)
        .ToDictionary(type => type.ToString().ToLowerInvariant());

    public static Migration Fill(Migration migration, Dialect dialect) =>
        migration with
        {
            Sql = Placeholder()
                .Replace(migration.Sql, match => (match.Groups["word"].Value, match.Groups["name"].Value) switch
                    {
                        ("sequence", { Length: > 0 } name) => dialect.CreateSequence(name),
                        ("identity", { Length: > 0 } name) => dialect.Identity(name),
                        (var word, "") when Types.TryGetValue(word, out var type) => dialect.TypeName(new Column(word, type)),
                        _ => throw new MigrationException(
                            $"{migration}: nothing stands for {match.Value}; there are "
                                + $"{string.Join(", ", Types.Keys.Select(type => $"{{{type}}}"))}, {{sequence NAME}} and {{identity NAME}}."
                        ),
                    }),
        };

    [GeneratedRegex(@"\{(?<word>[a-z]+)( (?<name>\w+))?\}", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Placeholder();
}
