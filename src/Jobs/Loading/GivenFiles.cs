using Tradepost.Arguments;
using Tradepost.Storage.Files;
using Tradepost.Storage.Rejects;

namespace Tradepost.Jobs.Loading;

/// <summary>The files that a job is given to load.</summary>
public static class GivenFiles
{
    /// <summary>How each file is read; nothing is written before all of them can be.</summary>
    /// <param name="paths">Files, and folders of them.</param>
    /// <param name="map">What columns are, as <c>COLUMN=FIELD</c>.</param>
    /// <param name="search">Finds out how a file is read; a path stands for several where it is a folder or a zip.</param>
    /// <param name="namesOf">The names of a file's columns.</param>
    /// <exception cref="JobFailedException">There is no file, one cannot be read, or no file has a column of the map.</exception>
    public static List<T> Find<T>(
        IReadOnlyCollection<string> paths,
        IEnumerable<string> map,
        Func<string, IEnumerable<T>> search,
        Func<T, IReadOnlyList<string>> namesOf
    )
    {
        ArgumentNullException.ThrowIfNull(paths);
        var forms = paths.SelectMany(path => Search(path, search)).ToList();
        if (forms.Count == 0)
        {
            throw new JobFailedException(
                $"There is no file in {string.Join(", ", paths)}; expected are files that end in .csv, .tsv, .txt, .gz or .zip."
            );
        }

        foreach (var column in map.Select(pair => pair[..pair.LastIndexOf('=')].Trim()))
        {
            if (!forms.Exists(form => namesOf(form).Contains(column, StringComparer.OrdinalIgnoreCase)))
            {
                throw new JobFailedException(
                    new Sentence($"{"Map":argument} names the column '{column}', which no file has."),
                    exitCode: 2
                );
            }
        }

        return forms;
    }

    /// <summary>Loads a file, and says what ended it.</summary>
    /// <exception cref="JobFailedException">It cannot be read, or has too many lines that are no rows.</exception>
    public static async Task<LoadedFile> LoadAsync(
        FileLoad load,
        DataFile file,
        string name,
        LineParser parser,
        FileLoadOptions options,
        CancellationToken cancellationToken
    )
    {
        ArgumentNullException.ThrowIfNull(load);
        ArgumentNullException.ThrowIfNull(options);
        try
        {
            return await load.RunAsync(file, parser, cancellationToken);
        }
        catch (TooManyRejectsException e)
        {
            throw new JobFailedException(
                e.Most is { } most
                    ? new Sentence(
                        $"{e.File} has more than {most} rows that are none among the first {e.Lines} lines; look at them in rejects, or raise {nameof(FileLoadOptions.MaxRejects):argument}."
                    )
                    : new Sentence(
                        $"{e.Rejected} of the first {e.Lines} lines that were read of {e.File} are no rows, more than {options.MaxRejectShare} percent; correct the file, or raise {nameof(FileLoadOptions.MaxRejectShare):argument}. What was committed before is in the store."
                    )
            );
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new JobFailedException(
                $"{name} cannot be read further: {e.Message} What was committed before is in the store; loading it again goes on there.",
                inner: e
            );
        }
    }

    private static List<T> Search<T>(string path, Func<string, IEnumerable<T>> search)
    {
        try
        {
            return [.. search(path)];
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            throw new JobFailedException($"{path} cannot be read: {e.Message}", inner: e);
        }
    }
}
