using System.IO.Compression;
using Tradepost.Arguments;
using Tradepost.Jobs;

namespace Tradepost.Marketplace.Sales;

/// <summary>A CSV file of estimates, which is there under its name when it is whole.</summary>
internal sealed class SalesFile : IDisposable
{
    private readonly string path;
    private readonly StreamWriter writer;

    private SalesFile(string path)
    {
        this.path = path;
        Stream file = File.Create(Part);
        writer = new StreamWriter(
            path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionLevel.Fastest) : file
        );
        writer.WriteLine("sku,date,days,units,lower,upper,revenue,reason");
    }

    private string Part => path + ".part";

    /// <summary>Begins a file; null without a name.</summary>
    /// <exception cref="JobFailedException">It cannot be written there.</exception>
    public static SalesFile? Begin(string? path)
    {
        if (path is null)
        {
            return null;
        }

        if (!path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) && !path.EndsWith(".csv.gz", StringComparison.OrdinalIgnoreCase))
        {
            throw new JobFailedException(
                new Sentence($"{nameof(SalesOptions.Out):argument} is {path}; expected is a name that ends in .csv or .csv.gz."),
                2
            );
        }

        if (File.Exists(path))
        {
            throw new JobFailedException(
                new Sentence($"{path} is there already; delete it, or give another {nameof(SalesOptions.Out):argument}.")
            );
        }

        return Directory.Exists(Path.GetDirectoryName(Path.GetFullPath(path)))
            ? new SalesFile(path)
            : throw new JobFailedException(new Sentence($"{nameof(SalesOptions.Out):argument} is {path}, whose folder does not exist."));
    }

    public void Write(SalesRow row) =>
        writer.WriteLine(
            $"{Quoted(row.Sku)},{row.Date:yyyy-MM-dd},{row.Days},{row.Units},{row.Lower},{row.Upper},{row.Revenue},{Reasons.Name(row.Reason)}"
        );

    /// <summary>Gives the file its name.</summary>
    public void Complete()
    {
        writer.Dispose();
        File.Move(Part, path);
    }

    /// <summary>Takes away what is not whole.</summary>
    public void Dispose()
    {
        writer.Dispose();
        File.Delete(Part);
    }

    private static string Quoted(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
