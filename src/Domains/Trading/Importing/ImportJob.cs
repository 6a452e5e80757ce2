using Tradepost.Jobs;
using Tradepost.Trading.Tapes;

namespace Tradepost.Trading.Importing;

/// <summary>Imports files of quotes and trades.</summary>
internal static class ImportJob
{
    public static async Task<ImportResult> RunAsync(ImportOptions options, JobContext context, CancellationToken cancellationToken)
    {
        // Nothing is written before every file is known to be one that can be.
        var files = options.Files.SelectMany(Find).ToList();
        var refused = files.Where(file => file.Kind is null).Select(file => $"{file.File.Name} is {file.Type}").ToList();
        if (refused.Count > 0)
        {
            throw new JobFailedException(
                $"{string.Join("; ", refused)}. Files of quotes, book_ticker and trades in Tardis's columns can be imported; nothing was."
            );
        }

        var began = context.Time.GetTimestamp();
        await using var connection = await context.Store.OpenSessionAsync(cancellationToken);
        await using var spared = await context.Store.SpareCoreAsync(cancellationToken); // for the lines, which are read meanwhile
        var step = "";
        var import = new FileImport(context.Store, connection, context.Time)
        {
            KeepRepeated = options.KeepRepeated,
            Rules = new RejectRules(options),
            Fence = context.FenceAsync,
            OnCommitted = rows => context.Progress.Report(new JobProgress(step, rows)),
        };
        var imported = new List<ImportedFile>();
        foreach (var (file, kind, _) in files)
        {
            step = $"import {file.Name} ({imported.Count + 1} of {files.Count})";
            context.Progress.Report(new JobProgress(step));
            imported.Add(await ReadAsync(import, file, kind!.Value, cancellationToken)); // what has no kind was refused
        }

        return new ImportResult
        {
            Rows = imported.Sum(file => file.Rows),
            Rejected = imported.Sum(file => file.Rejected),
            Seconds = context.Time.GetElapsedTime(began).TotalSeconds,
            Files = imported,
            Defects = import.Report.Counts,
        };
    }

    private static async Task<ImportedFile> ReadAsync(FileImport import, TapeFile file, TapeKind kind, CancellationToken cancellationToken)
    {
        try
        {
            return await import.RunAsync(file, kind, cancellationToken);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new JobFailedException(
                $"{file.Name} cannot be read further: {e.Message} What was read before it is in the store; importing it again goes on there.",
                inner: e
            );
        }
    }

    private static List<(TapeFile File, TapeKind? Kind, string Type)> Find(string path)
    {
        try
        {
            return
            [
                .. TapeFile
                    .In(path)
                    .Select(file =>
                    {
                        using var reader = file.Read();
                        reader.TryRead(out var line);
                        var (kind, type) = TapeHeader.Recognise(line);
                        return (file, kind, type);
                    }),
            ];
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new JobFailedException($"{path} cannot be read: {e.Message}", inner: e);
        }
    }
}
