using Tradepost.Streams.Drains;

namespace Tradepost.Trading.Filing;

/// <summary>The collector's folder of files.</summary>
internal static class QuoteFolder
{
    private const string Command = "`tradepost trading import`";

    /// <summary>Beside the log.</summary>
    public static string Beside(string logFolder) => Path.Combine(Path.GetDirectoryName(Path.GetFullPath(logFolder))!, "files");

    /// <inheritdoc cref="FileFolder.Find"/>
    public static FileFolder? Find(string folder) => FileFolder.Find(folder, Command);

    /// <inheritdoc cref="FileFolder.Open"/>
    public static FileFolder Open(string folder, long first) => FileFolder.Open(folder, first, Command);
}
