using System.Diagnostics.CodeAnalysis;
using Tradepost.Jobs;
using YamlDotNet.Core;
using YamlDotNet.Serialization;
using YamlDotNet.Serialization.NamingConventions;

namespace Tradepost.Retail.Sources;

/// <summary>Reads a mapping file and says what is wrong with it.</summary>
internal static class MappingFile
{
    public static ShopMapping Read(string path)
    {
        Document document;
        try
        {
            var reader = new DeserializerBuilder().WithNamingConvention(UnderscoredNamingConvention.Instance).Build();
            document = reader.Deserialize<Document>(File.ReadAllText(path)) ?? new Document();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new JobFailedException($"Mapping file {path} cannot be read: {failure.Message}", 2, failure);
        }
        catch (YamlException failure)
        {
            throw new JobFailedException($"Mapping file {path}, line {failure.Start.Line}: {failure.InnerException?.Message ?? failure.Message}", 2, failure);
        }

        Check(path, document);
        return new ShopMapping(
            Shop.Tables.ToDictionary(table => table.Name, table => Map(path, table, document.Tables.GetValueOrDefault(table.Name))),
            document.AcceptedValues.ToDictionary(entry => entry.Key, IReadOnlyList<string> (entry) => entry.Value ?? []));
    }

    private static void Check(string path, Document document)
    {
        if (document.Tables.Keys.Except(Shop.Tables.Select(table => table.Name)).FirstOrDefault() is { } unknown)
        {
            throw new JobFailedException($"Mapping file {path}: there is no table {unknown}; expected {string.Join(", ", Shop.Tables.Select(table => table.Name))}.", 2);
        }

        var columns = Shop.Tables.SelectMany(table => table.Columns.Select(column => $"{table.Name}.{column.Name}")).ToHashSet(StringComparer.Ordinal);
        if (document.AcceptedValues.Keys.FirstOrDefault(key => !columns.Contains(key)) is { } column)
        {
            throw new JobFailedException($"Mapping file {path}: accepted_values names {column}, expected a table.column of ours such as payments.method.", 2);
        }

        if (document.Tables.Values.All(entry => entry?.From is not { Length: > 0 }))
        {
            throw new JobFailedException($"Mapping file {path}: it maps no table; name at least where orders come from, as tables: orders: from.", 2);
        }
    }

    private static TableMapping Map(string path, SourceTable table, TableEntry? entry)
    {
        if (entry?.From is not { Length: > 0 })
        {
            return new TableMapping();
        }

        if (entry.Columns.Keys.Except(table.Columns.Select(column => column.Name)).FirstOrDefault() is { } unknown)
        {
            throw new JobFailedException(
                $"Mapping file {path}: {table.Name} has no column {unknown}; expected {string.Join(", ", table.Columns.Select(column => column.Name))}.", 2);
        }

        return table.Columns.FirstOrDefault(column => !column.IsNullable && !entry.Columns.ContainsKey(column.Name)) is { } missing
            ? throw new JobFailedException($"Mapping file {path}: {table.Name} does not say where its {missing.Name} comes from.", 2)
            : new TableMapping
            {
                From = entry.From,
                Where = entry.Where,
                Columns = table.Columns.ToDictionary(column => column.Name, column => entry.Columns.GetValueOrDefault(column.Name) ?? "NULL"),
            };
    }

    /// <summary>The file as it stands. YAML reads a name with nothing behind it as null.</summary>
    private sealed class Document
    {
        [AllowNull]
        public Dictionary<string, TableEntry?> Tables { get; set => field = value ?? []; } = [];

        [AllowNull]
        public Dictionary<string, List<string>?> AcceptedValues { get; set => field = value ?? []; } = [];
    }

    private sealed class TableEntry
    {
        public string? From { get; set; }

        public string? Where { get; set; }

        [AllowNull]
        public Dictionary<string, string?> Columns { get; set => field = value ?? []; } = [];
    }
}
