using Tradepost.Jobs;

namespace Tradepost.Retail.Sources;

/// <summary>Reads a mapping file and says what is wrong with it.</summary>
internal static class MappingFile
{
    public static ShopMapping Read(string path)
    {
        var document = MappingText.Read(path);
        Check(path, document);
        return new ShopMapping(
            Shop.Tables.ToDictionary(table => table.Name, table => Map(path, table, document.Tables.GetValueOrDefault(table.Name))),
            document.AcceptedValues.ToDictionary(entry => entry.Key, IReadOnlyList<string> (entry) => entry.Value ?? [])
        );
    }

    private static void Check(string path, MappingDocument document)
    {
        if (document.Tables.Keys.Except(Shop.Tables.Select(table => table.Name)).FirstOrDefault() is { } unknown)
        {
            throw new JobFailedException(
                $"Mapping file {path}: there is no table {unknown}; expected {string.Join(", ", Shop.Tables.Select(table => table.Name))}.",
                2
            );
        }

        var columns = Shop
            .Tables.SelectMany(table => table.Columns.Select(column => $"{table.Name}.{column.Name}"))
            .ToHashSet(StringComparer.Ordinal);
        if (document.AcceptedValues.Keys.FirstOrDefault(key => !columns.Contains(key)) is { } column)
        {
            throw new JobFailedException(
                $"Mapping file {path}: accepted_values names {column}, expected a table.column of ours such as payments.method.",
                2
            );
        }

        if (document.Tables.Values.All(entry => entry?.From is not { Length: > 0 }))
        {
            throw new JobFailedException(
                $"Mapping file {path}: it maps no table; name at least where orders come from, as tables: orders: from.",
                2
            );
        }
    }

    private static TableMapping Map(string path, SourceTable table, MappingEntry? entry)
    {
        if (entry?.From is not { Length: > 0 })
        {
            return new TableMapping();
        }

        if (entry.Columns.Keys.Except(table.Columns.Select(column => column.Name)).FirstOrDefault() is { } unknown)
        {
            throw new JobFailedException(
                $"Mapping file {path}: {table.Name} has no column {unknown}; expected "
                    + $"{string.Join(", ", table.Columns.Select(column => column.Name))}.",
                2
            );
        }

        return table.Required.FirstOrDefault(column => string.IsNullOrWhiteSpace(entry.Columns.GetValueOrDefault(column))) is { } missing
            ? throw new JobFailedException($"Mapping file {path}: {table.Name} does not say where its {missing} comes from.", 2)
            : new TableMapping
            {
                From = entry.From,
                Where = entry.Where,
                Columns = table.Columns.ToDictionary(
                    column => column.Name,
                    column => entry.Columns.GetValueOrDefault(column.Name) ?? "NULL"
                ),
            };
    }
}
