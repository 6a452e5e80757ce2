using Tradepost.Arguments;
using Tradepost.Jobs;
using Tradepost.Storage.Files;
using Tradepost.Storage.Rejects;
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
        var load = new FileImport(context.Store, connection, context.Time).NewLoad(options, context.FenceAsync, rows =>
            context.Progress.Report(new JobProgress(step, rows))
        );
        var imported = new List<ImportedFile>();
        foreach (var (file, kind, _) in files)
        {
            step = $"import {file.Name} ({imported.Count + 1} of {files.Count})";
            context.Progress.Report(new JobProgress(step));
            imported.Add(await ReadAsync(load, file, kind!.Value, options, cancellationToken)); // what has no kind was refused
        }

        return new ImportResult
        {
            Rows = imported.Sum(file => file.Rows),
            Rejected = imported.Sum(file => file.Rejected),
            Seconds = context.Time.GetElapsedTime(began).TotalSeconds,
            Files = imported,
            Defects =
            [
                .. load
                    .Findings.Counts.OrderBy(count => DefectExtensions.PlaceOf(count.Rule))
                    .Select(count => new DefectCount(count.Rule, count.Lines, count.IsRow, count.FirstFile, count.FirstLine)),
            ],
        };
    }

    private static async Task<ImportedFile> ReadAsync(
        FileLoad load,
        DataFile file,
        TapeKind kind,
        ImportOptions options,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var loaded = await load.RunAsync(file, new TapeLines(kind, options.KeepRepeated), cancellationToken);
            return new ImportedFile(
                loaded.File,
                kind == TapeKind.Quotes ? "quotes" : "trades",
                loaded.Lines,
                loaded.Rows,
                loaded.Rejected,
                loaded.State
            );
        }
        catch (TooManyRejectsException e)
        {
            throw new JobFailedException(
                e.Most is { } most
                    ? new Sentence(
                        $"{e.File} has more than {most} rejected lines among the first {e.Lines}; look at them in collector_rejects, or raise {nameof(ImportOptions.MaxRejects):argument}."
                    )
                    : new Sentence(
                        $"{e.Rejected} of the first {e.Lines} lines that were read of {e.File} are no rows, more than {options.MaxRejectShare} percent; correct the file, or raise {nameof(ImportOptions.MaxRejectShare):argument}. What was committed before is in the store."
                    )
            );
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new JobFailedException(
                $"{file.Name} cannot be read further: {e.Message} What was read before it is in the store; importing it again goes on "
                    + "there.",
                inner: e
            );
        }
    }

    private static List<(DataFile File, TapeKind? Kind, string Type)> Find(string path)
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
