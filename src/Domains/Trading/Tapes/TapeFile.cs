using Tradepost.Storage.Files;

namespace Tradepost.Trading.Tapes;

/// <summary>Files of quotes and trades.</summary>
internal static class TapeFile
{
    public const string Kind = "quotes";

    public static DataFile Of(string path) => new(path) { Kind = Kind };

    /// <summary>The files that a path is, or holds.</summary>
    /// <exception cref="InvalidDataException">It is a broken zip.</exception>
    public static IEnumerable<DataFile> In(string path) => DataFile.In(path).Select(file => file with { Kind = Kind });
}
